import assert from 'node:assert/strict'
import { test } from 'node:test'
import { elsewhere, handledElsewhere } from './elsewhere.ts'

test('everyday matters of other offices are known, with and without accents, in both languages', () => {
  for (const [question, key] of [
    ['căn cước công dân', 'can-cuoc'],
    ['lam can cuoc cho con', 'can-cuoc'],
    ['đổi thẻ căn cước hết hạn', 'can-cuoc'],
    ['làm cccd gắn chip', 'can-cuoc'],
    ['hộ chiếu', 'ho-chieu'],
    ['how do I get a passport', 'ho-chieu'],
    ['ly hôn', 'ly-hon'],
    ['thủ tục ly hôn thuận tình', 'ly-hon'],
    ['li di', 'ly-hon'],
    ['giấy phép lái xe', 'giay-phep-lai-xe'],
    ['đổi bằng lái xe', 'giay-phep-lai-xe'],
    ['đăng ký xe máy', 'dang-ky-xe'],
    ['làm lý lịch tư pháp ở đâu', 'ly-lich-tu-phap'],
    ['thẻ bảo hiểm y tế cho con', 'bao-hiem'],
    ['nghĩa vụ quân sự', 'nghia-vu-quan-su'],
    ['sang tên sổ đỏ', 'sang-ten-dat'],
  ])
    assert.equal(handledElsewhere(question ?? '')?.key, key, question)
})

test('what the commune handles is not sent away because a word of another matter stands in it', () => {
  for (const question of [
    '',
    'photo công chứng căn cước',
    'xác nhận tình trạng hôn nhân sau ly hôn',
    'sổ đỏ',
    'hộ nghèo',
    'tạm trú',
    'bảo trợ xã hội',
    'hộ kinh doanh',
    'giấy phép xây dựng',
    'bán xe',
    'tranh chấp đất đai',
    'hộ khẩu',
  ])
    assert.equal(handledElsewhere(question), undefined, question)
})

test('each matter says who handles it, by which text, and how sure that is', () => {
  assert.equal(new Set(elsewhere.map(({ key }) => key)).size, elsewhere.length)
  for (const { key, office, advice, source, confidence, checkedOn } of elsewhere) {
    assert.match(source, /\d+\/\d{4}\/(QH|NĐ-CP|TT-)/, key)
    assert.ok(office.vi && office.en && advice.vi && advice.en, key)
    assert.ok(confidence === 'high' || confidence === 'medium', key)
    assert.match(checkedOn, /^\d{4}-\d\d-\d\d$/, key)
  }
})
