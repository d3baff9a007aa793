import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { componentTitle } from './component-title.ts'

const law = 'Giấy chứng sinh; không có thì nộp văn bản của người làm chứng về việc sinh hoặc giấy cam đoan về việc sinh'

describe('the title of a paper', () => {
  it('is the everyday name, explained by the sentence of the law', () => {
    assert.deepEqual(componentTitle({ name: law, shortName: 'Giấy chứng sinh của bé' }), {
      title: 'Giấy chứng sinh của bé',
      titleLanguage: 'vi',
      explanation: law,
    })
  })

  it('is English where an English name is known, else Vietnamese', () => {
    const paper = { name: law, shortName: 'Giấy chứng sinh' }
    assert.equal(componentTitle({ ...paper, shortNameEn: 'Birth notice' }, 'en').title, 'Birth notice')
    assert.deepEqual(componentTitle(paper, 'en'), { title: 'Giấy chứng sinh', titleLanguage: 'vi', explanation: law })
  })

  it('is the head of a long sentence where nobody named the paper', () => {
    assert.equal(componentTitle({ name: law }).title, 'Giấy chứng sinh')
    assert.equal(
      componentTitle({ name: 'Tờ khai đăng ký khai tử (nộp trực tuyến thì điền biểu mẫu điện tử thay cho tờ khai)' })
        .title,
      'Tờ khai đăng ký khai tử',
    )
  })

  it('needs no explanation where it is the sentence itself', () => {
    assert.deepEqual(componentTitle({ name: 'Giấy xác nhận khuyết tật' }), {
      title: 'Giấy xác nhận khuyết tật',
      titleLanguage: 'vi',
      explanation: null,
    })
  })

  it('never loses the sentence of the law', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
        (name, given) => {
          const { title, explanation } = componentTitle({ name, ...(given !== undefined && { shortName: given }) })
          assert.ok(title !== '' && (title === name || explanation === name))
        },
      ),
    )
  })
})
