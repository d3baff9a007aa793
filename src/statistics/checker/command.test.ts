import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { runCheck } from './index.ts'
import { asDocx, asHtml, asPdf } from './testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'motcua-check-'))
after(() => rmSync(folder, { recursive: true }))

async function run(name: string, bytes: Buffer, json = false): Promise<{ code: number; said: string }> {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  const lines: string[] = []
  const code = await runCheck(path, { json, say: (...more) => void lines.push(...more) })
  return { code, said: lines.join('\n') }
}

test('0 when nothing is wrong, also beside mere notes', async () => {
  const clean = await run('dung.html', asHtml(['Tiếp nhận 523 hồ sơ (gồm: trực tuyến 495 hồ sơ, trực tiếp 28 hồ sơ).']))
  assert.equal(clean.code, 0)
  assert.match(clean.said, /Không thấy chỗ nào sai/)
  assert.match(clean.said, /495 \+ 28 = 523/)
  const noted = await run('luu-y.html', asHtml(['Đạt 25,8% (45/174 phiếu).']))
  assert.equal(noted.code, 0)
  assert.match(noted.said, /0 chỗ sai, 1 chỗ cần lưu ý/)
})

test('1 when something is wrong, with the sum that proves it', async () => {
  const { code, said } = await run(
    'sai.docx',
    await asDocx(['Tiếp nhận 523 hồ sơ (gồm: trực tuyến 495 hồ sơ, trực tiếp 38 hồ sơ).']),
  )
  assert.equal(code, 1)
  assert.match(said, /\[Sai\].*\(SUM\) – dòng 1/)
  assert.match(said, /495 \+ 38 = 533 ≠ 523/)
})

test('2 when it cannot be read, in JSON as well', async () => {
  const scan = await run('quet.pdf', asPdf([]))
  assert.equal(scan.code, 2)
  assert.match(scan.said, /không có lớp văn bản/)
  const { code, said } = await run('quet.pdf', asPdf([]), true)
  assert.equal(code, 2)
  assert.equal((JSON.parse(said) as { error: { code: string } }).error.code, 'no-text-layer')
  const lines: string[] = []
  assert.equal(
    await runCheck(join(folder, 'khong-co.docx'), { json: false, say: (...more) => void lines.push(...more) }),
    2,
  )
  assert.match(lines.join(''), /Không mở được tệp/)
})

test('JSON has findings, checked and consistent', async () => {
  const { code, said } = await run(
    'sai.html',
    asHtml(['Đã số hóa 1.016/1.250 hồ sơ, đạt 83,28%. Có 08/10 người, đạt 80%.']),
    true,
  )
  assert.equal(code, 1)
  const answer = JSON.parse(said) as {
    findings: { stated: number; computed: number }[]
    checked: number
    consistent: unknown[]
  }
  assert.deepEqual(
    answer.findings.map(({ stated, computed }) => [stated, computed]),
    [[83.28, 81.28]],
  )
  assert.deepEqual([answer.checked, answer.consistent.length], [2, 1])
})
