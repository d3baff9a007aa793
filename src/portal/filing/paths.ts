/** Addresses of the pages of this room, in unaccented Vietnamese. */
export const filingPaths = {
  begin: (procedureCode: string, caseKey?: string) =>
    `/nop-ho-so/${encodeURIComponent(procedureCode)}${caseKey === undefined ? '' : `?truong-hop=${encodeURIComponent(caseKey)}`}`,
  resume: '/nop-ho-so/lam-tiep',
  forget: '/nop-ho-so/quen-may-nay',
  draft: (draftId: string) => `/nop-ho-so/ho-so/${draftId}`,
  step: (draftId: string, step: string) => `/nop-ho-so/ho-so/${draftId}/${step}`,
  caseOf: (draftId: string) => `/nop-ho-so/ho-so/${draftId}/truong-hop`,
  save: (draftId: string) => `/nop-ho-so/ho-so/${draftId}/luu`,
  lodged: (draftId: string) => `/nop-ho-so/ho-so/${draftId}/da-nop`,
  own: '/ho-so-cua-toi',
  ownDossier: (dossierId: string) => `/ho-so-cua-toi/${dossierId}`,
  ownFile: (dossierId: string, fileId: string) => `/ho-so-cua-toi/${dossierId}/tep/${fileId}`,
  /** Where an applicant mends what was marked, or changes what nobody has accepted yet. */
  mend: (dossierId: string) => `/ho-so-cua-toi/${dossierId}/bo-sung`,
  notices: (dossierId: string) => `/ho-so-cua-toi/${dossierId}/bao-tin`,
  withdraw: (dossierId: string) => `/ho-so-cua-toi/${dossierId}/rut`,
} as const
