import { Type, type Static } from 'typebox'

export const FilePurpose = Type.Union([
  Type.Literal('component'),
  Type.Literal('result'),
  Type.Literal('opinion'),
  Type.Literal('form'),
  Type.Literal('other'),
])
export type FilePurpose = Static<typeof FilePurpose>

/** How it became electronic: scanned at the counter, sent by the citizen, or taken from an earlier dossier. */
export const FileOrigin = Type.Union([
  Type.Literal('scan'),
  Type.Literal('upload'),
  Type.Literal('reuse'),
  Type.Literal('system'),
])
export type FileOrigin = Static<typeof FileOrigin>

export const DossierParams = Type.Object({ dossierId: Type.String({ format: 'uuid' }) })
export const FileParams = Type.Object({ fileId: Type.String({ format: 'uuid' }) })

/** In the address, as the file itself is the body. */
export const UploadQuery = Type.Object(
  {
    purpose: FilePurpose,
    /** Key of the paper (thành phần hồ sơ) it belongs to. */
    component: Type.Optional(Type.String({ pattern: '^[a-z0-9-]+$', maxLength: 60 })),
    origin: Type.Optional(FileOrigin),
  },
  { additionalProperties: false },
)

export const DownloadQuery = Type.Object(
  { inline: Type.Optional(Type.Union([Type.Literal('1'), Type.Literal('0')])) },
  { additionalProperties: false },
)

export const FileEntry = Type.Object({
  fileId: Type.String(),
  dossierId: Type.String(),
  name: Type.String(),
  mediaType: Type.String(),
  size: Type.Integer(),
  sha256: Type.String(),
  purpose: FilePurpose,
  component: Type.Union([Type.String(), Type.Null()]),
  origin: FileOrigin,
  /** Whether the browser may show it (`?inline=1`). */
  preview: Type.Boolean(),
  uploadedAt: Type.String(),
  /** Officer; null when a citizen sent it. */
  uploadedBy: Type.Union([Type.Integer(), Type.Null()]),
})
export type FileEntry = Static<typeof FileEntry>

export const FileList = Type.Object({ files: Type.Array(FileEntry) })
