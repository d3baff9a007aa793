export type {
  ApologyForm,
  ControlForm,
  DossierMark,
  ExplanationSheet,
  FeeReceipt,
  FormInputs,
  FormName,
  FormPerson,
  Letterhead,
  PaperKind,
  PostingSheet,
  QrPoster,
  ReceiptForm,
  RefusalForm,
  RegisterForm,
  RegisterRow,
  Signer,
  StopForm,
  SupplementForm,
} from './form-data.ts'
export { renderForm } from './forms.ts'
export { closeRenderer, renderPdf as printTemplate, renderRegisterXlsx, warmRenderer } from './render.ts'
export {
  editionOn,
  formEdition,
  formEditions,
  type Edition,
  type FormEdition,
  type RegulatedForm,
} from './rules/form-editions.ts'
export { FileEntry, FileOrigin, FilePurpose } from './contract.ts'
export { openFileStore, type FileStore, type KeptFile } from './file-store.ts'
export { inspectFile } from './inspect-file.ts'
export { printPages } from './page-pictures.ts'
export { beginsAsPicture, cleanPicture, readPicture, type Picture } from './pictures.ts'
export { cleanFileName, contentDisposition } from './rules/file-names.ts'
export { en as documentWordsEn } from './text.en.ts'
export { vi as documentWords } from './text.vi.ts'
export { documentsRoutes, type DocumentsOptions } from './routes.ts'
export { FILE_LIMIT, fileTypeOf, fileTypes, type FileRefusal } from './rules/file-types.ts'
export { addFile, findFile, listFiles, removeFile, type DocumentTables, type NewFile } from './store.ts'
