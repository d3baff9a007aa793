import type { NoticeChannel, NoticeLanguage } from './contract.ts'
import type { NoticeEvent } from './rules/notice-events.ts'
import { textFor, type TemplateText } from './rules/template.ts'
import { en } from './template-text.en.ts'
import { vi } from './template-text.vi.ts'

/** The text that comes with the system; version 0. */
export const shippedText = (event: NoticeEvent, channel: NoticeChannel, language: NoticeLanguage): TemplateText =>
  textFor((language === 'en' ? en : vi)[event], channel)
