import { FILE_LIMIT } from './rules/file-types.ts'
import type { DocumentText } from './text.vi.ts'

const accepted =
  'Accepted are PDF, pictures (JPEG, PNG, WebP, TIFF, HEIC), Word (docx, doc), Excel (xlsx, xls), ODT, XML and plain text.'

export const en: DocumentText = {
  refusals: {
    'file-missing': 'No file was sent. Choose a file and send it again.',
    'file-empty': 'The file is empty. Check it and send it again.',
    'file-too-large': `The file is too large (at most ${FILE_LIMIT / 1024 / 1024} MB, XML and plain text 10 MB). Make it smaller or split it.`,
    'file-type-refused': `This kind of file is not accepted. ${accepted} Remove a password first.`,
    'file-disguised':
      'The file holds several kinds of content at once and is not accepted. Scan or export it anew as PDF.',
    'file-executable': `This file is a program and is not accepted. ${accepted}`,
    'file-archive': 'Archives are not accepted. Unpack it and send each paper.',
    'file-active': `The file holds code (macros, HTML, SVG or the like) and is not accepted. Save it as PDF. ${accepted}`,
    'file-encrypted': 'The PDF has a password and cannot be looked at. Remove it and send the file again.',
    'file-carries-files': 'The PDF carries other files and is not accepted. Send each file by itself.',
    'file-bomb':
      'The file becomes far too large when it is opened and is not accepted. Photograph or scan the paper anew.',
    'upload-broken': 'The upload was interrupted and nothing was kept. Send it again.',
    'dossier-not-writable': 'You may not add or remove files of this dossier at its present step.',
  },
  purposes: {
    component: 'Paper of the dossier',
    result: 'Result',
    opinion: 'Opinion of a consulted agency',
    form: 'Form issued',
    other: 'Other document',
  },
}
