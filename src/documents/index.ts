export {
  renderForm,
  type ApologyForm,
  type ControlForm,
  type DossierMark,
  type ExplanationSheet,
  type FormInputs,
  type FormName,
  type FormPerson,
  type Letterhead,
  type PaperKind,
  type PostingSheet,
  type QrPoster,
  type ReceiptForm,
  type RefusalForm,
  type RegisterForm,
  type RegisterRow,
  type Signer,
  type StopForm,
  type SupplementForm,
} from './forms.ts'
export { closeRenderer, renderRegisterXlsx, warmRenderer } from './render.ts'
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
export { documentsRoutes, type DocumentsOptions } from './routes.ts'
export { FILE_LIMIT, fileTypes, type FileRefusal } from './rules/file-types.ts'
export { addFile, findFile, listFiles, removeFile, type DocumentTables, type NewFile } from './store.ts'
