import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { searchPages } from '../platform/web/find-pages.ts'
import { pageWords } from './page-words.ts'

const root = join(import.meta.dirname, '..')
const offered = [...globSync('**/web/index.ts', { cwd: root }), 'app/help/index.ts'].flatMap((file) =>
  readFileSync(join(root, file), 'utf8')
    .split("path: '")
    .slice(1)
    .map((page) => ({ path: page.slice(0, page.indexOf("'")), inRail: page.includes('nav: {') })),
)
const pages = Object.entries(pageWords).map(([path, { label, also }]) => ({
  path,
  label: label ?? { vi: path, en: path },
  ...(also && { also }),
}))
const find = (query: string, language: 'vi' | 'en' = 'vi') =>
  searchPages(pages, query, { language, sectionName: () => '' }).map(({ path }) => path)

test('every page of the rail is found by what people call it, and no words stand for a page that is gone', () => {
  const inRail = offered.filter((page) => page.inRail).map(({ path }) => path)
  assert.ok(inRail.length > 40, String(inRail.length))
  assert.deepEqual(
    inRail.filter((path) => !pageWords[path]?.also),
    [],
  )
  const all = new Set(offered.map(({ path }) => path))
  assert.deepEqual(
    Object.keys(pageWords).filter((path) => !all.has(path)),
    [],
  )
})

test('the command box knows what is done on a page, with or without accents, in both languages', () => {
  for (const [query, path] of [
    ['quay', '/quay'],
    ['quầy', '/quay'],
    ['goi nguoi', '/quay'],
    ['lấy số', '/phong-cho'],
    ['hoan tien', '/hoan-phi'],
    ['sao kê', '/doi-soat'],
    ['ngày lễ', '/lich-lam-viec'],
    ['pakn', '/phan-anh'],
    ['sipas', '/khao-sat'],
    ['doi mat khau', '/tai-khoan'],
    ['to khai', '/bieu-mau-dien-tu'],
    ['vneid', '/nha-cung-cap-danh-tinh'],
    ['phân quyền', '/nhan-su'],
    ['xin lỗi', '/so-qua-han'],
  ] as const)
    assert.ok(find(query).includes(path), `${query}: ${find(query).join(', ')}`)
  assert.ok(find('refund', 'en').includes('/hoan-phi'))
  assert.ok(find('hoàn tiền', 'en').includes('/hoan-phi'))
  assert.deepEqual(find('xyzzy'), [])
})
