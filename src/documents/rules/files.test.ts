import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cleanFileName, contentDisposition } from './file-names.ts'
import { fileTypeOf, fileTypes, judgeText, refusalOf } from './file-types.ts'

test('names lose their path, controls and tricks, and end as their content asks', () => {
  for (const [given, expected] of [
    ['Giấy khai sinh.pdf', 'Giấy khai sinh.pdf'],
    ['GIAY.PDF', 'GIAY.pdf'],
    ['../../etc/passwd', 'passwd.pdf'],
    ['C:\\Windows\\system32\\đơn.exe', 'đơn.exe.pdf'],
    ['a\u0000\u0007b\u202Efdp.exe', 'abfdp.exe.pdf'],
    ['Đo\u031Bn.pdf', 'Đơn.pdf'],
    ['...', 'tep.pdf'],
    ['', 'tep.pdf'],
    ['.pdf', 'pdf.pdf'],
    ['con.pdf', '_con.pdf'],
    ['a<b>:"|?*.pdf', 'a_b______.pdf'],
    ['  nhiều   dấu  cách .pdf', 'nhiều dấu cách.pdf'],
  ] as const)
    assert.equal(cleanFileName(given, ['pdf']), expected)
  assert.equal(cleanFileName('ảnh.jpeg', ['jpg', 'jpeg']), 'ảnh.jpeg')
  assert.equal(cleanFileName('ảnh.png', ['jpg', 'jpeg']), 'ảnh.png.jpg')
  assert.equal(cleanFileName('x', []), 'x.bin')
})

test('any name becomes a safe name, and stays it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
      const name = cleanFileName(given, ['pdf'])
      assert.match(name, /^[^/\\<>:"|?*\p{Cc}\p{Cf}]+\.pdf$/u)
      assert.ok(Array.from(name).length <= 130)
      assert.equal(cleanFileName(name, ['pdf']), name)
      assert.match(
        contentDisposition('attachment', name),
        /^attachment; filename="[ -!#-$&-[\]-~]*"; filename\*=UTF-8''[\w.!~%-]+$/,
      )
    }),
  )
})

test('a Vietnamese name reaches the browser whole', () => {
  assert.equal(
    contentDisposition('inline', 'Đơn "1".pdf'),
    `inline; filename="Don _1_.pdf"; filename*=UTF-8''%C4%90%C6%A1n%20%221%22.pdf`,
  )
  assert.equal(
    decodeURIComponent(contentDisposition('attachment', "d'Ưỡn (1).pdf").split("''")[1] ?? ''),
    "d'Ưỡn (1).pdf",
  )
})

test('text is plain, data in XML, or refused as something that runs', () => {
  for (const [content, expected] of [
    ['Kính gửi Ủy ban', 'text/plain'],
    ['a < b và c > d', 'text/plain'],
    ['\uFEFF<?xml version="1.0"?>\n<!-- x --><ns:HoSo xmlns:ns="urn:a"><a/></ns:HoSo>\n', 'application/xml'],
    ['<HoSo/>', 'application/xml'],
    ['<html>', 'file-active'],
    ['<!-- x --><HTML><p>', 'file-active'],
    ['<!DOCTYPE html>', 'file-active'],
    ['<?xml version="1.0"?><x:svg xmlns:x="http://www.w3.org/2000/svg"/>', 'file-active'],
    ['<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><a/>', 'file-active'],
    ['<a><b xmlns="HTTP://www.w3.org/1999/xhtml"/></a>', 'file-active'],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'file-active'],
    ['xin chào <script>alert(1)</script>', 'file-active'],
    ['< a', 'file-active'],
    ['<a> rồi hết', 'file-active'],
    ['#!/bin/sh', 'file-executable'],
    ['@echo off', 'file-executable'],
    ['rác\n%PDF-1.4', 'file-disguised'],
    ['chuông\u0007', 'file-type-refused'],
  ] as const) {
    const judged = judgeText(content)
    assert.equal('code' in judged ? judged.code : judged.mediaType, expected, content)
  }
})

test('refused kinds are named so that the answer can say what to do', () => {
  for (const [mediaType, code] of [
    ['application/zip', 'file-archive'],
    ['application/x-7z-compressed', 'file-archive'],
    ['application/x-msdownload', 'file-executable'],
    ['application/x-elf', 'file-executable'],
    ['application/vnd.ms-word.document.macroenabled.12', 'file-active'],
    ['application/rtf', 'file-active'],
    ['video/mp4', 'file-type-refused'],
  ] as const)
    assert.equal(refusalOf(mediaType).code, code)
})

test('nothing that can run is on the list, and only pictures and PDF are shown', () => {
  for (const { mediaType, extensions } of fileTypes) {
    assert.doesNotMatch(mediaType, /svg|html|script|zip/)
    assert.ok(extensions.length > 0)
  }
  assert.deepEqual(
    fileTypes.filter(({ preview }) => preview).map(({ mediaType }) => mediaType),
    ['application/pdf', 'image/jpeg', 'image/png', 'image/webp'],
  )
  assert.equal(fileTypeOf('image/svg+xml'), undefined)
})
