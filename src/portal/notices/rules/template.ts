import type { NoticeChannel } from '../contract.ts'
import { eventOf, type NoticeEvent } from './notice-events.ts'
import { countSms } from './sms.ts'

/** The words of a message. Only mail has a subject. */
export type TemplateText = { subject: string; body: string }

/** The texts that come with the system: a subject and a letter for mail, a few words for SMS and Zalo. */
export type ShippedTemplate = { subject: string; body: string; short: string }

export const textFor = ({ subject, body, short }: ShippedTemplate, channel: NoticeChannel): TemplateText =>
  channel === 'email' ? { subject, body } : { subject: '', body: short }

export type TemplateRefusal =
  | { code: 'unknown-placeholder'; name: string }
  | { code: 'broken-placeholder'; near: string }
  | { code: 'empty-text' }
  | { code: 'subject-needed' }
  | { code: 'subject-of-lines' }
  | { code: 'foreign-link'; near: string }
  | { code: 'too-many-parts'; parts: number }

const PLACEHOLDER = /\{\{([a-zA-Z]+)\}\}/g
/** What stands in double square brackets falls away when one of its placeholders is empty. */
const OPTIONAL = /\[\[((?:(?!\]\]|\[\[)[\s\S])*)\]\]/g
export const MOST_PARTS = 6

/** What a template of this event may name. */
export const placeholdersOf = (event: NoticeEvent): readonly string[] => [
  ...Object.keys(eventOf(event).facts),
  'agency',
]

/** Fills in the facts. A placeholder without a fact is empty; the text was checked when it was written. */
export function fill(text: string, facts: Readonly<Record<string, string>>): string {
  const valueOf = (name: string) => (Object.hasOwn(facts, name) ? (facts[name] ?? '') : '')
  const kept = text.replaceAll(OPTIONAL, (_, inside: string) =>
    [...inside.matchAll(PLACEHOLDER)].some(([, name = '']) => valueOf(name) === '') ? '' : inside,
  )
  // One pass: what a person typed into a fact is never read as a placeholder.
  return kept
    .replaceAll(PLACEHOLDER, (_, name: string) => valueOf(name).replace(/[\r\n]+/g, ' '))
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** All that keeps a text from being used, so that its writer can mend it at once. */
export function faultsOf(
  { subject, body }: TemplateText,
  { event, channel, facts, plain }: { event: NoticeEvent; channel: NoticeChannel; facts: Facts; plain: boolean },
): TemplateRefusal[] {
  const known = new Set(placeholdersOf(event))
  const faults: TemplateRefusal[] = []
  for (const text of channel === 'email' ? [subject, body] : [body]) {
    for (const [, name = ''] of text.matchAll(PLACEHOLDER))
      if (!known.has(name)) faults.push({ code: 'unknown-placeholder', name })
    const rest = text.replaceAll(OPTIONAL, '$1').replaceAll(PLACEHOLDER, '')
    const broken = /.{0,12}(?:\{\{|\}\}|\[\[|\]\]).{0,12}/.exec(rest)
    if (broken) faults.push({ code: 'broken-placeholder', near: broken[0] })
    const link = /(?:https?:\/\/|www\.)\S*/i.exec(text)
    if (link) faults.push({ code: 'foreign-link', near: link[0] })
  }
  if (body.trim() === '') faults.push({ code: 'empty-text' })
  if (channel === 'email' && subject.trim() === '') faults.push({ code: 'subject-needed' })
  if (/[\r\n]/.test(subject)) faults.push({ code: 'subject-of-lines' })
  if (channel !== 'email') {
    const { parts } = countSms(fill(body, facts), { plain })
    if (parts > MOST_PARTS) faults.push({ code: 'too-many-parts', parts })
  }
  return faults
}

type Facts = Readonly<Record<string, string>>

/** A text with its placeholders as people call them, for its writer's screen. */
export const withWords = (text: string, words: Facts): string =>
  text.replaceAll(PLACEHOLDER, (whole, name: string) => (words[name] === undefined ? whole : `{{${words[name]}}}`))

/** Back again, as the text is kept; what is no placeholder stays and is found fault with. */
export function withNames(text: string, words: Facts): string {
  const names = new Map(Object.entries(words).map(([name, word]) => [plainOf(word), name]))
  return text.replaceAll(/\{\{([^{}\n]{1,60})\}\}/g, (whole, word: string) => {
    const name = names.get(plainOf(word))
    return name === undefined ? whole : `{{${name}}}`
  })
}

const plainOf = (word: string): string => word.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase()

/** The facts of a message that was sent, for a preview: its links lead to a person's own pages and are not shown. */
export const previewFacts = (event: NoticeEvent, facts: Facts): Facts =>
  Object.fromEntries(
    Object.entries(eventOf(event).facts).map(([name, example]) => [
      name,
      name.endsWith('Link') ? example : (facts[name] ?? ''),
    ]),
  )

/** Facts as a template sees them: our paths become addresses, the authority's name is added. */
export const factsFor = (facts: Facts, { publicUrl, agency }: { publicUrl: string; agency: string }): Facts => ({
  ...Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      name.endsWith('Link') && value !== '' ? publicUrl + value : value,
    ]),
  ),
  agency,
})
