import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAmount, writeAmount } from './amount-input.ts'
import { ApiProblem, newCommandId } from './api.ts'
import { findablePages, isCalled, searchPages } from './find-pages.ts'
import { fold, matches } from './fold.ts'
import { formatIn } from './format.ts'
import type { Page } from './page.ts'
import { groupsOf, placeOf, railFor } from './rail-view.ts'
import { nextRow } from './table-keys.ts'

const page = (path: string, permission: string, nav?: Page['nav']): Page => ({
  path,
  permission,
  load: () => Promise.reject(new Error('not drawn in a test')),
  ...(nav ? { nav } : {}),
})
const label = { vi: 'Trang', en: 'Page' }
const pages = [
  page('/so', 'register.read', { section: 'register', label, order: 1 }),
  page('/ho-so', 'dossier.read', { section: 'dossiers', label, order: 2 }),
  page('/sang-nay', 'morning.read', { section: 'dossiers', label, order: 1 }),
  page('/ho-so/$dossierId', 'dossier.read'),
]

test('the rail shows only what the post allows, in its fixed order', () => {
  const paths = (permissions: string[]) =>
    railFor(pages, { permissions }).map((each) => each.pages.map(({ path }) => path))
  assert.deepEqual(paths(['dossier.read', 'register.read', 'morning.read']), [['/sang-nay', '/ho-so'], ['/so']])
  assert.deepEqual(paths(['register.read']), [['/so']])
  assert.deepEqual(railFor(pages, null), [])
})

test('a section of many pages has them in groups, in a fixed order, and only such as this officer has', () => {
  const inGroup = (path: string, group: 'authority' | 'system') => ({ path, label, group })
  const few = [inGroup('/nhan-su', 'authority'), inGroup('/nhat-ky', 'system')]
  assert.deepEqual(groupsOf(few), [], 'few pages need no groups')
  const many = [...few, ...['/a', '/b', '/c', '/d'].map((path) => inGroup(path, 'authority'))].toReversed()
  assert.deepEqual(
    groupsOf(many).map(({ group, pages: inside }) => [group, inside.length]),
    [
      ['authority', 5],
      ['system', 1],
    ],
  )
  assert.deepEqual(groupsOf(many.filter(({ group }) => group === 'authority')), [], 'one group needs no name')
})

test('a page below another lies in the same place of the rail', () => {
  const rail = railFor(pages, { permissions: ['dossier.read', 'register.read'] })
  assert.deepEqual(placeOf(rail, '/ho-so/123'), { section: 'dossiers', path: '/ho-so' })
  assert.deepEqual(placeOf(rail, '/so'), { section: 'register', path: '/so' })
  assert.deepEqual(placeOf(rail, '/so-khac'), {})
})

test('the command box finds by name first, then by what else people say, only what may be opened', () => {
  const nav = (vi: string, order: number) => ({ section: 'intake' as const, label: { vi, en: vi }, order })
  const offered = [
    { ...page('/phong-cho', 'counter.manage', nav('Phòng chờ', 2)), also: { vi: 'cài đặt quầy', en: 'counters' } },
    { ...page('/quay', 'counter.call', nav('Gọi số', 1)), also: { vi: 'quầy, hàng chờ', en: 'counter, queue' } },
    page('/hang-cho', 'counter.call', nav('Hàng chờ', 3)),
    page('/quay/$id', 'counter.call'),
  ]
  const find = (query: string, permissions = ['counter.call', 'counter.manage'], language: 'vi' | 'en' = 'vi') =>
    searchPages(findablePages(offered, { permissions }), query, { language, sectionName: () => 'Tiếp nhận' }).map(
      ({ path }) => path,
    )
  assert.deepEqual(find('quay'), ['/quay', '/phong-cho'])
  assert.deepEqual(find('quay', ['counter.call']), ['/quay'])
  assert.deepEqual(find('hang cho'), ['/hang-cho', '/quay'])
  assert.deepEqual(find('queue', ['counter.call'], 'en'), ['/quay'])
  assert.deepEqual(find('tiep nhan'), ['/quay', '/phong-cho', '/hang-cho'])
  assert.deepEqual(find(''), ['/quay', '/phong-cho', '/hang-cho'])
})

test('a page called by the very words stands before procedures that only begin like them', () => {
  const called = (vi: string, query: string) => isCalled({ path: '/', label: { vi, en: vi } }, query, 'vi')
  assert.ok(called('Phản ánh, kiến nghị', 'phan anh'))
  assert.ok(called('Phản ánh, kiến nghị', 'ánh kiến'))
  assert.ok(!called('Hoàn phí', 'hoa'))
  assert.ok(!called('Phản ánh', ''))
})

test('words are found without accents and in any order', () => {
  assert.equal(fold('Đăng ký Khai sinh'), 'dang ky khai sinh')
  assert.ok(matches('Đăng ký khai sinh có yếu tố nước ngoài', 'sinh khai dang'))
  assert.ok(matches('Hòa Bình', 'hoà'))
  assert.ok(!matches('Đăng ký kết hôn', 'khai sinh'))
})

test('money is read as people write it', () => {
  assert.equal(parseAmount('69.639.646'), 69_639_646)
  assert.equal(parseAmount('8 000đ'), 8000)
  assert.equal(parseAmount('8k'), 8000)
  assert.equal(parseAmount('2tr'), 2_000_000)
  assert.equal(parseAmount(''), null)
  for (const text of ['-5', '1,5', '8.00', 'tám', '99999999999999999999'])
    assert.equal(parseAmount(text), undefined, text)
  assert.equal(parseAmount(writeAmount(1_234_567)), 1_234_567)
})

test('numbers, days and durations are written in each language', () => {
  const vi = formatIn('vi')
  const en = formatIn('en')
  assert.equal(vi.number(2395), '2.395')
  assert.equal(vi.percent(43.1), '43,1 %')
  assert.equal(vi.longDay('2026-11-20'), 'Thứ Sáu, 20/11/2026')
  assert.equal(vi.instant('2026-11-20T08:00:00.000Z'), '15:00 20/11/2026')
  assert.equal(vi.duration(480 * 2 + 90), '2 ngày 1 giờ 30 phút')
  assert.equal(en.day('2026-11-05'), '5 Nov 2026')
  assert.equal(en.duration(540), '1 day 1 hour')
  assert.equal(vi.money(0), 'Không thu')
  assert.equal(vi.fileSize(12_400_000), '12 MB')
})

test('keys move between rows and stop at both ends', () => {
  assert.equal(nextRow('ArrowDown', 0, 3), 1)
  assert.equal(nextRow('ArrowDown', 2, 3), 2)
  assert.equal(nextRow('Home', 2, 3), 0)
  assert.equal(nextRow('PageUp', 2, 30), 0)
  assert.equal(nextRow('Enter', 1, 3), undefined)
  assert.equal(nextRow('End', 0, 0), undefined)
})

test('a problem knows what to advise', () => {
  assert.equal(new ApiProblem(0, { code: 'network' }).kind, 'network')
  assert.equal(new ApiProblem(401, { code: 'session-locked' }).kind, 'locked')
  assert.equal(new ApiProblem(409, { code: 'changed-meanwhile' }).kind, 'changed')
  assert.equal(new ApiProblem(422, { code: 'invalid' }).kind, 'refused')
  assert.equal(new ApiProblem(502, {}).kind, 'server')
  const problem = new ApiProblem(422, {
    code: 'invalid',
    errors: [{ pointer: '/name', detail: 'Nhập tên.' }, 'x'],
    by: 'Lê',
  })
  assert.equal(problem.fieldError('/name'), 'Nhập tên.')
  assert.deepEqual(problem.facts, { by: 'Lê' })
})

test('a command id is a UUID of its own', () => {
  assert.match(newCommandId(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.notEqual(newCommandId(), newCommandId())
})
