import {
  catalogueEn,
  catalogueVi,
  channelsOf,
  componentTitle,
  serviceLevelOn,
  type CatalogueText,
  type Channel,
  type ComponentRule,
  type Fees,
  type FeeUnits,
  type FeeRule,
  type Field,
  type ProcedureCase,
  type ProcedureVersion,
} from '../../catalogue/index.ts'
import { explain } from '../../calendar/index.ts'
import { clockOfMinute, minuteOf, weekdayOf, type Day } from '../../platform/day.ts'
import { html, type Html } from '../../platform/http/html.ts'
import type { PublicLanguage } from '../../platform/http/public-page.ts'
import { englishName } from './english-names.ts'
import type { Place, Ready } from './facts.ts'
import { filingPaths } from '../filing/index.ts'
import { nameOf, procedureLink } from './list-pages.ts'
import { NATIONAL_PORTAL, paths } from './paths.ts'
import type { PortalText } from './text.vi.ts'

export type ProcedureFacts = {
  text: PortalText
  language: PublicLanguage
  version: ProcedureVersion
  item: ProcedureCase
  field: Field | undefined
  day: Day
  places: readonly Place[]
  ready: readonly Ready[]
  fees: readonly (FeeRule & { known: boolean })[]
  /** Whether an authority takes it in at its own front here. */
  canFile: boolean
  related: readonly { code: string; shortName: string }[]
  /** What this many copies, pages … cost; undefined while nobody asked or an amount is not known. */
  reckoned: { units: FeeUnits; fees: Fees } | undefined
}

/** Answers in this order: is it for me, what do I bring, what does it cost, when is it ready, where, begin. */
export function procedureBody(facts: ProcedureFacts): Html {
  const { text, language, version, field } = facts
  const english = englishName(version.code, language)
  return html`<nav class="crumbs" aria-label="${text.start.crumbs}">
      <a href="${paths.start}">${text.start.home}</a
      >${field && html` › <a href="${paths.field(field.key)}">${nameOf(field, language)}</a>`}
    </nav>
    <article class="procedure">
      <div class="procedure-head">
        <h1 lang="vi">${version.shortName}</h1>
        ${english !== undefined && html`<p class="lead">${english}</p>`}
        ${language === 'en' && html`<p class="note small">${text.procedure.onlyVietnamese}</p>`}
        ${version.description !== '' && html`<p class="lead" lang="vi">${version.description}</p>`}
      </div>
      ${summary(facts)}
      <div class="procedure-parts">
        ${isItForMe(facts)} ${papers(facts)} ${cost(facts)} ${readiness(facts)} ${where(facts)} ${begin(facts)}
        ${details(facts)}
      </div>
    </article>`
}

const section = (id: string, title: string, body: Html): Html =>
  html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${body}
  </section>`

function isItForMe({ text: { procedure: text, guide }, version, item }: ProcedureFacts): Html {
  return section(
    'cho-ai',
    text.isItForMe,
    html`<ul lang="vi">
        ${version.subjects.map((subject) => html`<li>${subject}</li>`)}
      </ul>
      ${
        version.conditions.trim() !== '' &&
        html`<h3>${text.conditions}</h3>
          ${paragraphs(version.conditions)}`
      }
      ${
        (version.guide?.length ?? 0) > 0 &&
        html`<p class="actions">
          <a class="button button-quiet" href="${paths.guide(version.code)}">${guide.begin}</a>
        </p>`
      }
      ${
        version.cases.length > 1 &&
        html`<h3 id="truong-hop">${text.whichCase}</h3>
          <ul class="cases" lang="vi">
            ${version.cases.map((each) =>
              each.key === item.key
                ? html`<li>
                    <strong aria-current="true"
                      ><span class="mark" aria-hidden="true"></span><span>${each.name}</span></strong
                    >
                  </li>`
                : html`<li>
                    <a href="${paths.procedure(version.code, each.key)}#truong-hop"
                      ><span class="mark" aria-hidden="true"></span><span>${each.name}</span></a
                    >
                  </li>`,
            )}
          </ul>`
      }`,
  )
}

/** Three answers at a glance, before the long ones. */
function summary({ text, language, version, item, ready, fees, canFile }: ProcedureFacts): Html {
  const { procedure } = text
  const names = language === 'en' ? catalogueEn : catalogueVi
  const costs = fees
    .filter(({ fromUnit }) => fromUnit === 1)
    .map((fee) => amountInWords(text, names, { ...fee, cap: null }))
  const cost = fees.every(({ amount, known }) => known && amount === 0)
    ? procedure.free
    : [...new Set(costs)].join('; ')
  const limits = [...new Set(ready.map(({ rule }) => names.timeLimit(rule.parts)))].join('; ')
  return html`<aside class="summary" aria-label="${procedure.summary}">
    <dl>
      <div>
        <dt>${procedure.summaryReady}</dt>
        <dd>${limits}</dd>
      </div>
      <div>
        <dt>${procedure.summaryCost}</dt>
        <dd>${cost}</dd>
      </div>
      <div>
        <dt>${procedure.summaryHow}</dt>
        <dd>${channelList(text, channelsOf(version, item.key))}</dd>
      </div>
    </dl>
    ${canFile && html`<p class="actions"><a class="button" href="${filingPaths.begin(version.code, item.key)}">${procedure.beginHere}</a></p>`}
  </aside>`
}

function papers({ text: { procedure: text }, language, version, item }: ProcedureFacts): Html {
  const group = (need: ComponentRule['need'], title: string): Html | false => {
    const list = item.components.filter((component) => component.need === need)
    return (
      list.length > 0 &&
      html`<h3>${title}</h3>
        <ul class="papers">
          ${list.map(paper)}
        </ul>`
    )
  }
  const paper = (component: ComponentRule): Html => {
    const { form, originals, copies, need, condition, reusable } = component
    const { title, titleLanguage, explanation } = componentTitle(component, language)
    return html`<li class="${need}">
      <strong lang="${titleLanguage}">${title}</strong
      >${originals + copies > 0 && html` (${text.number(originals, copies)})`}
      ${explanation && html`<br /><span class="small" lang="vi">${explanation}.</span>`}
      ${condition && html`<br /><span class="small" lang="vi">${condition}.</span>`}
      ${form && html`<br /><span class="small">${text.form}: <span lang="vi">${form}</span></span>`}
      ${reusable && html`<br /><span class="small">${text.reusable}</span>`}
    </li>`
  }
  const body = html`${item.components.length === 0 && html`<p>${text.noPapers}</p>`}
  ${group('required', text.always)}${group('conditional', text.sometimes)}${group('shown', text.shown)}`
  return section('giay-to', text.papers(version.sets), body)
}

function cost({ text, language, version, item, fees, reckoned }: ProcedureFacts): Html {
  const { procedure } = text
  if (fees.length === 0)
    return section('phi', procedure.cost, html`<p class="answer"><strong>${procedure.free}</strong></p>`)
  const names = language === 'en' ? catalogueEn : catalogueVi
  const all = channelsOf(version, item.key)
  const rows = fees.map(
    (fee) =>
      html`<tr>
        <th scope="row">
          <span lang="vi">${fee.name}</span>${
            fee.channels.length < all.length &&
            html`<br /><span class="small">${channelList(text, fee.channels)}</span>`
          }
        </th>
        <td>${amountInWords(text, names, fee)}</td>
      </tr>`,
  )
  const exemptions = new Map(
    fees.flatMap((fee) => fee.exemptions.map((each) => [`${each.key}/${each.percent}`, each] as const)),
  )
  return section(
    'phi',
    procedure.cost,
    html`<div class="table-wrap">
        <table>
          <thead>
            <tr>
              <th scope="col">${procedure.fee}</th>
              <th scope="col">${procedure.amount}</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </div>
      ${reckoner(text, names, { version, item, fees, reckoned })}
      ${
        exemptions.size > 0 &&
        html`<h3>${procedure.exemptions}</h3>
          <ul>
            ${[...exemptions.values()].map(({ name, percent }) => html`<li>${procedure.exempt(percent)}: <span lang="vi">${name}</span></li>`)}
          </ul>`
      }`,
  )
}

type Reckoner = Pick<ProcedureFacts, 'version' | 'item' | 'fees' | 'reckoned'>

/** Where the cost goes by number: how many, and what it comes to. */
function reckoner(
  { dong, procedure: text }: PortalText,
  names: CatalogueText,
  { version, item, fees, reckoned }: Reckoner,
): Html | false {
  const asked = feeUnitsOf(fees)
  if (asked.length === 0 || fees.some(({ known }) => !known)) return false
  return html`<form class="reckoner" method="get" action="${paths.procedure(version.code)}#phi">
      <input type="hidden" name="truong-hop" value="${item.key}" />
      ${asked.map(
        (unit) =>
          html`<div class="field">
            <label for="so-${unit}">${text.howMany(names.per[unit])}</label>
            <input
              id="so-${unit}"
              name="${unitNames[unit]}"
              type="number"
              inputmode="numeric"
              min="1"
              max="500"
              value="${reckoned?.units[unit] ?? 1}"
            />
          </div>`,
      )}
      <p class="actions"><button type="submit" class="button-quiet">${text.reckon}</button></p>
    </form>
    ${
      reckoned &&
      html`<p class="answer" role="status">${text.comesTo} <strong>${dong(reckoned.fees.total)}</strong></p>
        <ul class="small">
          ${reckoned.fees.lines.map(({ name, units, unitAmount, amount }) => html`<li><span lang="vi">${name}</span>: ${units} × ${dong(unitAmount)} = ${dong(amount)}</li>`)}
        </ul>`
    }`
}

/** Names of the units in the address of the page. */
export const unitNames = { copy: 'ban', page: 'trang', signature: 'chu-ky', contract: 'hop-dong' } as const
type CountedUnit = keyof typeof unitNames

/** What the fees of a case are counted by; pages are counted a copy. */
export function feeUnitsOf(fees: readonly Pick<FeeRule, 'per'>[]): CountedUnit[] {
  const counted = new Set(fees.map(({ per }) => per))
  if (counted.has('page')) counted.add('copy')
  return (['copy', 'page', 'signature', 'contract'] as const).filter((unit) => counted.has(unit))
}

function amountInWords(
  { dong, procedure: text }: PortalText,
  names: CatalogueText,
  { amount, per, cap, fromUnit, known }: FeeRule & { known: boolean },
): string {
  if (!known) return text.setByProvince
  const unit = per === 'dossier' || amount === 0 ? dong(amount) : text.perUnit(dong(amount), names.per[per])
  const from = fromUnit > 1 ? ` ${text.fromUnit(fromUnit, names.per[per])}` : ''
  return unit + from + (cap === null ? '' : `, ${text.cap(dong(cap), per === 'page' ? 'copy' : 'dossier')}`)
}

function readiness({ text, language, ready }: ProcedureFacts): Html {
  const { procedure } = text
  const names = language === 'en' ? catalogueEn : catalogueVi
  const answer = ({ channels, rule, answerBy, startDay, startsToday, dueOn, clock, explanation }: Ready): Html => {
    const how = channelList(text, channels)
    const day = text.day(weekdayOf(startDay), startDay)
    const counted = startsToday ? procedure.ifToday(how) : procedure.ifOn(how, day)
    const start = answerBy ? procedure.ifOnline(`${clockOfMinute(minuteOf(answerBy))} ${day}`) : counted
    const end =
      !answerBy && startsToday && dueOn === startDay && !clock
        ? procedure.readyToday
        : procedure.by(text.day(weekdayOf(dueOn), dueOn), clock)
    return html`<p class="answer">${start} <strong>${end}</strong>.</p>
      <p class="small">
        ${procedure.limit(names.timeLimit(rule.parts))}${rule.nextDayAfter15 && html` ${procedure.afterFifteen}`}
      </p>
      <details class="small">
        <summary>${procedure.howCounted}</summary>
        <ol>
          ${explain(explanation, language).map((sentence) => html`<li>${sentence}</li>`)}
        </ol>
      </details>`
  }
  return section(
    'khi-nao',
    procedure.ready,
    html`${ready.map(answer)}
      <p class="small">${procedure.estimate}</p>`,
  )
}

function where({ text, version, places }: ProcedureFacts): Html {
  const { procedure } = text
  if (places.length === 0) return section('o-dau', procedure.where, html`<p lang="vi">${version.receivingPlace}</p>`)
  const each = places.map(
    (place) =>
      html`<h3 lang="vi">${place.name}</h3>
        ${deskOf(text, place)}`,
  )
  return section('o-dau', procedure.where, html`${each}`)
}

/** The desks of an authority with their hours. */
export const deskOf = (text: PortalText, { points, hours }: Place): Html =>
  html`${points.map(
      (point) =>
        html`<p>
          <strong lang="vi">${point.name}</strong
          >${point.address && html`<br /><span lang="vi">${point.address}</span>`}${point.phone && html`<br />${text.procedure.phone}: <a href="tel:${point.phone.replaceAll(/[^+\d]/g, '')}">${point.phone}</a>`}
        </p>`,
    )}
    <p>
      ${text.procedure.hoursLabel}:
      ${text.hours(hours.workingWeekdays, hours.intervals)}${hours.saturdaySession.length > 0 && html`. ${text.saturday(hours.saturdaySession)}`}
    </p>`

function begin({ text: { procedure: text }, version, item, canFile }: ProcedureFacts): Html {
  const channels = channelsOf(version, item.key)
  const notes = (channel: Channel): Html =>
    html`${version.channelNotes.filter((each) => each.channel === channel && each.note !== '').map(({ note }) => html`<p class="small" lang="vi">${note}</p>`)}`
  return section(
    'bat-dau',
    text.begin,
    html`${
      channels.includes('counter') &&
      html`<p>${text.beginCounter(item.components.length)}</p>
        ${notes('counter')}
        <p><a href="/dat-lich">${text.beginAppointment}</a></p>`
    }
    ${
      canFile &&
      html`<p class="actions">
        <a class="button" href="${filingPaths.begin(version.code, item.key)}">${text.beginHere}</a>
      </p>`
    }
    ${
      channels.includes('online') &&
      html`<p>${text.beginOnline}</p>
        ${notes('online')}
        <p class="actions">
          <a class="button ${canFile ? 'button-quiet' : ''}" href="${NATIONAL_PORTAL}" rel="external"
            >${text.beginOnlineLink}</a
          >
        </p>`
    }
    ${
      channels.includes('post') &&
      html`<p>${text.beginPost}</p>
        ${notes('post')}`
    }`,
  )
}

function details({ text: { procedure: text }, language, version, day, related }: ProcedureFacts): Html {
  const names = language === 'en' ? catalogueEn : catalogueVi
  const level = serviceLevelOn(version, day)
  const newer = lawAfter(version)
  const fact = (label: string, value: string | null | undefined): Html | false =>
    Boolean(value) &&
    html`<div>
      <dt>${label}</dt>
      <dd lang="vi">${value}</dd>
    </div>`
  return html`<section aria-labelledby="ket-qua">
      <h2 id="ket-qua">${text.results}</h2>
      ${
        version.results.length > 0
          ? html`<ul lang="vi">
              ${version.results.map(({ name }) => html`<li>${name}</li>`)}
            </ul>`
          : html`<p>${text.noResult}</p>`
      }
    </section>
    <section aria-label="${text.details}">
      <details class="first">
        <summary>${text.steps}</summary>
        <ol lang="vi">
          ${version.sequence.map((step) => html`<li>${lines(step)}</li>`)}
        </ol>
      </details>
      <details>
        <summary>${text.law}</summary>
        <ul class="small" lang="vi">
          ${version.legalBasis.map(({ number, name }) => html`<li>${name}${name.includes(number) ? '' : ` số ${number}`}</li>`)}
        </ul>
      </details>
      <details>
        <summary>${text.details}</summary>
        <dl class="facts small">
          ${fact(text.officialName, version.name)}
          <div>
            <dt>${text.code('')}</dt>
            <dd>${version.code}</dd>
          </div>
          ${fact(text.decision, version.decision)} ${fact(text.competent, version.competentAgency)}
          ${fact(text.executing, version.executingAgency)}
          ${fact(text.coordinating, version.coordinatingAgencies.join('; '))}
          ${
            level &&
            html`<div>
              <dt>${text.level}</dt>
              <dd>${names.serviceLevels[level.level]}</dd>
            </div>`
          }
        </dl>
        <p class="small">${text.inForce(version.validFrom, version.validTo)}</p>
        ${newer !== undefined && html`<p class="small">${text.newerLaw(newer)}</p>`}
      </details>
      ${
        related.length > 0 &&
        html`<h3>${text.related}</h3>
          <ul>
            ${related.map((other) => html`<li>${procedureLink(other, language)}</li>`)}
          </ul>`
      }
      <p class="actions">
        <a class="plain" href="${paths.posting(version.code)}">${text.posting}</a
        ><a class="plain" href="${paths.poster(version.code)}">${text.poster}</a>
      </p>
    </section>`
}

/** The newest text that a version follows, where it came after the first day of the version. */
const lawAfter = ({ legalBasis, validFrom }: ProcedureVersion): Day | undefined =>
  legalBasis
    .flatMap(({ date }) => (date !== null && date > validFrom ? [date] : []))
    .toSorted()
    .at(-1)

function channelList({ procedure }: PortalText, channels: readonly Channel[]): string {
  const names = channels.map((channel) => procedure.byChannel[channel])
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')}${procedure.and}${last}`
}

const paragraphs = (text: string): Html => html`${text.split(/\n+/).map((line) => html`<p lang="vi">${line}</p>`)}`
const lines = (text: string): Html =>
  html`${text.split('\n').map((line, index) => (index === 0 ? html`${line}` : html`<br />${line}`))}`
