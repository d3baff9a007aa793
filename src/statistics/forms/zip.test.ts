import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readZip, writeZip } from './zip.ts'

// Plain objects, since that is what comes out.
const files = fc.uniqueArray(
  fc.record(
    {
      name: fc.stringMatching(/^[a-zà-ỹ]{1,12}[.](json|xlsx)$/),
      bytes: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    },
    { noNullPrototype: true },
  ),
  { selector: ({ name }) => name, maxLength: 6 },
)

test('what was put into a zip comes out, and the same files give the same bytes', () => {
  fc.assert(
    fc.property(files, (entries) => {
      assert.deepEqual(readZip(writeZip(entries)), entries)
      assert.deepEqual(writeZip(entries), writeZip(entries))
    }),
  )
})

test('a damaged zip is told apart from a whole one', () => {
  const zip = writeZip([{ name: 'data.json', bytes: Buffer.from('x'.repeat(500)) }])
  assert.equal(readZip(zip.subarray(0, zip.length - 30)), undefined)
  assert.equal(readZip(Buffer.from('no zip')), undefined)
  const bent = Buffer.from(zip)
  bent[45] = (bent[45] ?? 0) ^ 0xff
  assert.equal(readZip(bent), undefined)
})
