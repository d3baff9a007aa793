import type { Field, FormDefinition, Words } from '../eforms/contract.ts'

const words = (vi: string, en: string): Words => ({ vi, en })
const text = (maxLength: number, minLength = 1) => ({ type: 'string' as const, minLength, maxLength })
const day = { type: 'string' as const, format: 'date' }

const isOther = { field: 'forWhom', is: 'other' }
const isPerson = { field: 'kind', isNot: 'organisation' }

const person = (prefix: '' | 'submitter', who: 'applicant' | 'submitter'): Field[] => {
  const key = (name: string) => (prefix ? `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}` : name)
  // An account knows its owner: whoever files.
  const prefill = (name: NonNullable<Field['prefill']>) => ({ prefill: name })
  return [
    {
      key: key('name'),
      widget: 'text',
      label: words('Họ và tên', 'Full name'),
      autocomplete: 'name',
      fills: [`${who}.name`],
      ...prefill('name'),
    },
    {
      key: key('identityNumber'),
      widget: 'identity-number',
      label: words('Số định danh', 'Identity number'),
      help: words(
        '12 số trên thẻ căn cước, hoặc số hộ chiếu; tổ chức ghi mã số thuế',
        'The 12 digits of the identity card, or the number of a passport; organisations their tax code',
      ),
      kinds: ['citizen', 'passport', 'tax-code'],
      fills: [`${who}.identityNumber`],
      ...prefill('identityNumber'),
    },
    {
      key: key('phone'),
      widget: 'phone',
      label: words('Số điện thoại', 'Telephone'),
      autocomplete: 'tel',
      fills: [`${who}.phone`],
      ...prefill('phone'),
    },
    {
      key: key('email'),
      widget: 'email',
      label: words('Thư điện tử', 'E-mail'),
      autocomplete: 'email',
      fills: [`${who}.email`],
      ...prefill('email'),
    },
    {
      key: key('address'),
      widget: 'address',
      label: words('Nơi ở hiện nay', 'Where you live now'),
      fills: [`${who}.address`],
      ...prefill('address'),
    },
  ]
}

/** Asked where a procedure has no form of its own: who asks, for whom, and for what. */
export function generalForm(procedureCode: string, name: string, validFrom: string): FormDefinition {
  return {
    key: 'general',
    procedureCode,
    caseKeys: [],
    title: words('Đơn đề nghị', 'Request'),
    validFrom,
    validTo: null,
    source: {
      document: 'Các mục chung của giấy tiếp nhận hồ sơ (mẫu 01, Thông tư 03/2025/TT-VPCP)',
      note: 'Thủ tục này chưa có biểu mẫu điện tử riêng.',
    },
    component: null,
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        forWhom: { type: 'string', enum: ['self', 'other'] },
        kind: { type: 'string', enum: ['individual', 'foreigner', 'organisation'] },
        name: text(200),
        identityNumber: text(30),
        birthDay: day,
        sex: { type: 'string', enum: ['male', 'female'] },
        phone: text(20),
        email: text(200),
        address: { type: 'object' },
        submitterName: text(200),
        submitterIdentityNumber: text(30),
        submitterPhone: text(20),
        submitterEmail: text(200),
        submitterAddress: { type: 'object' },
        submitterRelation: text(100),
        content: text(2000),
      },
      required: [
        'forWhom',
        'kind',
        'name',
        'identityNumber',
        'phone',
        'address',
        'submitterName',
        'submitterIdentityNumber',
        'submitterPhone',
        'submitterRelation',
        'content',
      ],
    },
    layout: {
      parts: [
        {
          key: 'who',
          title: words('Người đề nghị', 'Who asks'),
          fields: [
            {
              key: 'forWhom',
              widget: 'choice',
              label: words('Bạn nộp hồ sơ cho ai?', 'For whom do you file?'),
              options: [
                {
                  value: 'self',
                  label: words(
                    'Cho chính tôi, hoặc tổ chức do tôi đứng đầu',
                    'For myself, or an organisation that I head',
                  ),
                },
                { value: 'other', label: words('Nộp thay người khác', 'For somebody else') },
              ],
            },
            {
              key: 'kind',
              widget: 'choice',
              label: words('Người đề nghị là', 'Who asks is'),
              help: words(
                'Nếu nộp thay, hãy ghi người được nộp thay ở trang này.',
                'If you file for somebody else, write that person here.',
              ),
              options: [
                { value: 'individual', label: words('Công dân Việt Nam', 'A Vietnamese citizen') },
                { value: 'foreigner', label: words('Người nước ngoài', 'A foreigner') },
                { value: 'organisation', label: words('Tổ chức, doanh nghiệp', 'An organisation or company') },
              ],
              fills: ['applicant.kind'],
            },
            ...person('', 'applicant').flatMap((field) =>
              field.key === 'phone'
                ? [
                    {
                      key: 'birthDay',
                      widget: 'day',
                      label: words('Ngày sinh', 'Date of birth'),
                      time: 'past',
                      when: isPerson,
                      fills: ['applicant.birthDay'],
                      prefill: 'birthDay',
                    } satisfies Field,
                    {
                      key: 'sex',
                      widget: 'choice',
                      label: words('Giới tính', 'Sex'),
                      when: isPerson,
                      options: [
                        { value: 'female', label: words('Nữ', 'Female') },
                        { value: 'male', label: words('Nam', 'Male') },
                      ],
                      fills: ['applicant.sex'],
                      prefill: 'sex',
                    } satisfies Field,
                    field,
                  ]
                : [field],
            ),
          ],
        },
        {
          key: 'submitter',
          title: words('Người nộp thay', 'Who files'),
          when: isOther,
          fields: [
            ...person('submitter', 'submitter'),
            {
              key: 'submitterRelation',
              widget: 'text',
              label: words('Quan hệ và căn cứ nộp thay', 'Relation and authority'),
              help: words(
                'Ví dụ: mẹ; giấy ủy quyền chứng thực ngày 05/11/2026',
                'E.g. mother; certified power of attorney of 05/11/2026',
              ),
              fills: ['submitter.relation'],
            },
          ],
        },
        {
          key: 'request',
          title: words('Nội dung đề nghị', 'What is asked for'),
          fields: [
            {
              key: 'content',
              widget: 'long-text',
              label: words('Bạn đề nghị điều gì?', 'What do you ask for?'),
              help: words(
                'Ghi ngắn gọn việc cần giải quyết và thông tin cơ quan cần biết.',
                'Briefly: what is to be done, and what the authority needs to know.',
              ),
              fills: ['remark'],
            },
          ],
        },
      ],
    },
    persons: { applicant: { kind: 'individual' }, submitter: { kind: 'individual' } },
    print: {
      heading: name.slice(0, 300),
      addressee: '',
      promise: 'Tôi cam đoan những thông tin trên là đúng.',
      signatures: ['Người đề nghị'],
    },
  }
}
