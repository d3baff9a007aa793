import { bachQuang } from './data/bach-quang.ts'
import { cuChi } from './data/cu-chi.ts'
import { doanKet } from './data/doan-ket.ts'
import { tanHong } from './data/tan-hong.ts'
import { thienHung } from './data/thien-hung.ts'
import type { PublishedReport } from './published.ts'

/** The published reports that our records are held against. */
export const reports: readonly PublishedReport[] = [doanKet, thienHung, bachQuang, tanHong, cuChi]
