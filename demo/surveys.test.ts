import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { aCommune } from '../src/dossiers/testing.ts'
import { testDatabase, type TestDatabase } from '../src/platform/testing.ts'
import { askResults } from '../src/surveys/ask.ts'
import type { ResultsReply } from '../src/surveys/contract.ts'
import { surveyFigures, type SurveyContext } from '../src/surveys/index.ts'
import { commandIdOf } from './random.ts'
import { surveyHaiHung, surveyThienHung } from './surveys.ts'
import type { DemoContext } from './town.ts'

let database: TestDatabase<never>
let agencyId = 0
before(async () => {
  database = await testDatabase()
  const demo = database.context as unknown as DemoContext
  database.setClock('2026-11-20T02:00:00.000Z')
  const commune = await aCommune(demo, { name: 'Xã Thiện Hưng', code: 'H10.01' })
  agencyId = commune.agencyId
  await surveyThienHung(demo, agencyId)
})
after(() => database.close())

const results = async (key: string): Promise<ResultsReply> => {
  const context = database.context as unknown as SurveyContext
  const place = { agencyId, campaignId: commandIdOf(`survey/${key}`) }
  const reply = await askResults(context, { place, scope: [agencyId] }, {})
  assert.ok(reply?.results)
  return reply
}

// Báo cáo của xã Thiện Hưng năm 2023, mục 8: 174 phiếu. Count, percent of all, percent of valid answers; half up, two decimals.
const published: Record<string, { blank: number; lines: [string, number, number, number][] }> = {
  q1: {
    blank: 0,
    lines: [
      ['officer', 75, 43.1, 43.1],
      ['board', 49, 28.16, 28.16],
      ['media', 5, 2.87, 2.87],
      ['acquaintance', 45, 25.86, 25.86],
    ],
  },
  q2: {
    blank: 0,
    lines: [
      ['very-good', 53, 30.46, 30.46],
      ['good', 117, 67.24, 67.24],
      ['fair', 4, 2.3, 2.3],
      ['poor', 0, 0, 0],
    ],
  },
  q3: {
    blank: 0,
    lines: [
      ['very-good', 90, 51.72, 51.72],
      ['good', 84, 48.28, 48.28],
      ['fair', 0, 0, 0],
      ['poor', 0, 0, 0],
    ],
  },
  q4: {
    blank: 0,
    lines: [
      ['very-simple', 11, 6.32, 6.32],
      ['simple', 156, 89.66, 89.66],
      ['fair', 7, 4.02, 4.02],
      ['complicated', 0, 0, 0],
    ],
  },
  q5: {
    blank: 0,
    lines: [
      ['very-fast', 45, 25.86, 25.86],
      ['fast', 128, 73.56, 73.56],
      ['fair', 1, 0.57, 0.57],
      ['slow', 0, 0, 0],
    ],
  },
  q6: {
    blank: 116,
    lines: [
      ['very-good', 4, 2.3, 6.9],
      ['good', 44, 25.29, 75.86],
      ['fair', 10, 5.75, 17.24],
      ['poor', 0, 0, 0],
    ],
  },
  q7: {
    blank: 0,
    lines: [
      ['no', 174, 100, 100],
      ['yes', 0, 0, 0],
    ],
  },
  q8: {
    blank: 8,
    lines: [
      ['early', 68, 39.08, 40.96],
      ['on-time', 98, 56.32, 59.04],
      ['late', 0, 0, 0],
    ],
  },
  q9: {
    blank: 0,
    lines: [
      ['very-satisfied', 58, 33.33, 33.33],
      ['satisfied', 114, 65.52, 65.52],
      ['neutral', 2, 1.15, 1.15],
      ['dissatisfied', 0, 0, 0],
    ],
  },
}

test('the 174 ballots of xã Thiện Hưng give every count of its report, with both percentages', async () => {
  const { results: shown, inUrn } = await results('thien-hung')
  assert.equal(shown?.ballots, 174)
  assert.equal(inUrn, 0)
  assert.deepEqual(
    Object.fromEntries(
      (shown?.questions ?? []).map(({ key, blank, options }) => [
        key,
        { blank, lines: options.map((option) => [option.key, option.count, option.ofAll, option.ofValid]) },
      ]),
    ),
    published,
  )
  assert.deepEqual(
    shown?.overall && [shown.overall.satisfied, shown.overall.positive, shown.overall.valid],
    [98.85, 172, 174],
  )
})

test('they fill Biểu mẫu 1, mục 5 of that year: online, 174', async () => {
  const { db } = database.context as unknown as SurveyContext
  const asked = { agencies: [agencyId], from: '2023-01-01', to: '2023-12-31' }
  const figures = await surveyFigures(db, asked)
  assert.deepEqual([figures.ballots, figures.form, figures.campaigns.length], [174, 0, 1])
  const later = await surveyFigures(db, { ...asked, from: '2024-01-01', to: '2024-12-31' })
  assert.deepEqual(later, { ballots: 0, form: null, campaigns: [] })
})

test('what is there stays as it is, and the running surveys of Hải Hưng have something to see', async () => {
  const demo = database.context as unknown as DemoContext
  await surveyThienHung(demo, agencyId)
  assert.equal((await results('thien-hung')).results?.ballots, 174)
  await surveyHaiHung(demo, { agencyId, unitIds: [1, 2] })
  const sipas = await results('hai-hung-sipas')
  // Five always wait in the urn while a survey runs.
  assert.equal(sipas.results?.ballots, 41)
  assert.equal(sipas.results?.factors.length, 5)
  assert.doesNotMatch(JSON.stringify(sipas.remarks), /Minh|0912/)
  assert.ok((await results('hai-hung-rating')).results?.overall)
  const { rows } = await database.ownerPool.query<{ days: number; weekends: number }>(
    `select count(distinct day)::int as days, (count(*) filter (where extract(isodow from day) > 5 and to_char(day, 'MMDD') <> '0101'))::int as weekends
     from surveys.tally where channel = 'kiosk' and campaign_id = $1`,
    [commandIdOf('survey/hai-hung-rating')],
  )
  assert.ok((rows[0]?.days ?? 0) > 15, 'people come over many days')
  assert.equal(rows[0]?.weekends, 0)
})
