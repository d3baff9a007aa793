import type { Process, Step } from './contract.ts'

/** A step for tests of this and later folders. */
export const aStep = (change: Partial<Step> = {}): Step => ({
  key: 'examine',
  name: 'Thẩm định hồ sơ',
  kind: 'examine',
  unitKind: 'justice',
  role: 'specialist',
  agency: 'own',
  minutes: 480,
  limit: null,
  ...change,
})

export const aProcess = (...stages: Step[][]): Process => ({
  stages: (stages.length > 0
    ? stages
    : [
        [aStep()],
        [aStep({ key: 'sign', kind: 'sign', unitKind: 'leadership', role: 'leader', minutes: 240 })],
        [aStep({ key: 'return', kind: 'return', unitKind: 'one-stop', role: 'receiving-officer', minutes: 60 })],
      ]
  ).map((steps) => ({ steps })),
})
