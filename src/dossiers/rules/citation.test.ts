import assert from 'node:assert/strict'
import { test } from 'node:test'
import { citationOf } from './citation.ts'

test('acts are cited shortly, the first three', () => {
  const act = (number: string, name: string) => ({ number, name, date: null, agency: null })
  assert.equal(
    citationOf({
      legalBasis: [
        act('60/2014/QH13', 'Luật Hộ tịch'),
        act('123/2015/NĐ-CP', 'Nghị định quy định chi tiết một số điều'),
        act('04/2020/TT-BTP', 'Thông tư quy định chi tiết'),
        act('85/2019/TT-BTC', 'Thông tư về lệ phí'),
      ],
    }),
    'Luật Hộ tịch số 60/2014/QH13; Nghị định số 123/2015/NĐ-CP; Thông tư số 04/2020/TT-BTP',
  )
})
