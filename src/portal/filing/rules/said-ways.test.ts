import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellWays, wayTold } from './said-ways.ts'

test('what is said of each paper is read back, whatever else the remark says', () => {
  const papers = [
    { name: 'Giấy chứng sinh', way: 'files' },
    { name: 'Căn cước; hộ chiếu', way: 'shown' },
    { name: 'Giấy xác nhận cư trú', way: 'data' },
    { name: 'Văn bản ủy quyền', way: 'not-mine' },
    { name: 'Giấy chứng nhận kết hôn', way: 'not-mine' },
    { name: 'Tờ khai', way: 'counter' },
    { name: 'Bản sao', way: undefined },
  ] as const
  const remark = ['Xin gọi sau 17 giờ.', ...tellWays(papers)].join('\n')
  for (const { name, way } of papers) assert.equal(wayTold(remark, name), way === 'files' ? null : (way ?? null), name)
  assert.equal(wayTold(remark, 'Giấy chứng'), null, 'a part of a name is no name')
  assert.equal(wayTold('', 'Tờ khai'), null)
})
