/** Refusals of uploads that are not about what is in the file; those have words among the documents. */
export const uploadWords = [
  'upload-unknown',
  'upload-busy',
  'upload-offset',
  'upload-too-long',
  'upload-checksum',
  'upload-kind',
  'draft-full',
  'too-much-today',
] as const
export type UploadWord = (typeof uploadWords)[number]
