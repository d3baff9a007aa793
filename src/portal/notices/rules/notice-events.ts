// Luật 91/2025/QH15, Điều 3: a message carries no more of a person than is needed: the code, what to do, a link.

type Event = {
  group:
    | 'dossier'
    | 'filing'
    | 'payment'
    | 'account'
    | 'appointment'
    | 'feedback'
    | 'survey'
    | 'personal-data'
    | 'officer'
  /** Goes out at night too, since somebody waits for it. */
  urgent?: true
  /** Belongs to the handling itself: whoever wants no messages gets it all the same. */
  binding?: true
  /**
   * Placeholders of its templates with a real example, for previews. What ends in `Link` is an address of our own and
   * begins with a slash. `agency` (name of the authority) is filled in when it is sent.
   */
  facts: Readonly<Record<string, string>>
}

const dossier = { code: 'H61.38-26-001234', procedure: 'Đăng ký khai sinh', trackLink: '/tra-cuu/H61.38-26-001234' }

/**
 * Everything that people are told of. A room that has something new to tell adds a line here and its texts to
 * template-text.vi.ts and template-text.en.ts.
 */
export const noticeEvents = {
  // The life of a dossier; these come from its log by themselves.
  'dossier-lodged': { group: 'dossier', facts: dossier },
  'dossier-received': { group: 'dossier', facts: { ...dossier, due: '15:00 ngày 26/11/2026' } },
  'dossier-not-received': { group: 'dossier', binding: true, facts: dossier },
  'dossier-supplement': {
    group: 'dossier',
    binding: true,
    facts: { ...dossier, papers: 'Giấy chứng sinh; Tờ khai', until: '05/12/2026' },
  },
  'dossier-payment': {
    group: 'dossier',
    binding: true,
    facts: { ...dossier, amount: '150.000 đồng', until: '05/12/2026' },
  },
  'dossier-fee': { group: 'dossier', binding: true, facts: { ...dossier, amount: '50.000 đồng' } },
  'dossier-extended': { group: 'dossier', binding: true, facts: { ...dossier, due: '15:00 ngày 30/11/2026' } },
  'dossier-apology': { group: 'dossier', binding: true, facts: { ...dossier, due: '30/11/2026' } },
  'dossier-ready': {
    group: 'dossier',
    facts: { ...dossier, where: 'Điểm tiếp nhận số 1, Xóm 5', early: '', resultLink: '/ho-so-cua-toi/…' },
  },
  'dossier-refused': { group: 'dossier', binding: true, facts: dossier },
  'dossier-returned': { group: 'dossier', facts: { ...dossier, resultLink: '/ho-so-cua-toi/…' } },
  'dossier-withdrawn': { group: 'dossier', facts: dossier },
  'dossier-stopped': { group: 'dossier', binding: true, facts: dossier },
  'dossier-closed': { group: 'dossier', binding: true, facts: dossier },
  // Filing online.
  'filing-lodged': { group: 'filing', facts: dossier },
  'filing-mend': {
    group: 'filing',
    binding: true,
    facts: {
      ...dossier,
      papers: 'Giấy chứng sinh',
      fields: 'Trẻ được khai sinh: Ngày sinh; Người mẹ: Nơi cư trú',
      until: '05/12/2026',
      mendLink: '/ho-so-cua-toi/…',
    },
  },
  'filing-draft-ends': {
    group: 'filing',
    facts: { procedure: 'Đăng ký khai sinh', until: '05/12/2026', draftLink: '/nop-ho-so/…' },
  },
  'parcel-sent': { group: 'filing', facts: { ...dossier, parcel: 'EE123456789VN' } },
  // Money.
  'payment-received': {
    group: 'payment',
    facts: { code: dossier.code, amount: '150.000 đồng', receiptLink: '/thanh-toan/…' },
  },
  'payment-refunded': { group: 'payment', facts: { code: dossier.code, amount: '50.000 đồng' } },
  // Accounts of citizens.
  'one-time-code': { group: 'account', urgent: true, binding: true, facts: { code: '482913', minutes: '10' } },
  'account-exists': {
    group: 'account',
    urgent: true,
    binding: true,
    facts: { signInLink: '/dang-nhap', recoverLink: '/quen-mat-khau' },
  },
  'account-changed': {
    group: 'account',
    urgent: true,
    binding: true,
    facts: { what: 'Mật khẩu', at: '09:15 22/11/2026' },
  },
  // The waiting room.
  'appointment-booked': {
    group: 'appointment',
    urgent: true,
    binding: true,
    facts: {
      code: 'HEN-7K2M9',
      matter: 'Hộ tịch',
      at: '09:00 thứ Hai, 23/11/2026',
      where: 'Điểm tiếp nhận số 1, Xóm 5',
      appointmentLink: '/dat-lich/xem/…',
    },
  },
  'appointment-moved': {
    group: 'appointment',
    urgent: true,
    binding: true,
    facts: {
      code: 'HEN-7K2M9',
      matter: 'Hộ tịch',
      at: '10:00 thứ Ba, 24/11/2026',
      where: 'Điểm tiếp nhận số 1, Xóm 5',
      appointmentLink: '/dat-lich/xem/…',
    },
  },
  'appointment-cancelled': {
    group: 'appointment',
    urgent: true,
    binding: true,
    facts: { code: 'HEN-7K2M9', at: '09:00 thứ Hai, 23/11/2026', bookLink: '/dat-lich' },
  },
  'appointment-reminder': {
    group: 'appointment',
    facts: {
      code: 'HEN-7K2M9',
      matter: 'Hộ tịch',
      at: '09:00 thứ Hai, 23/11/2026',
      where: 'Điểm tiếp nhận số 1, Xóm 5',
      appointmentLink: '/dat-lich/xem/…',
    },
  },
  // Petitions.
  'petition-received': { group: 'feedback', facts: { code: 'PA-26-000123', petitionLink: '/phan-anh/tra-cuu' } },
  'petition-supplement': {
    group: 'feedback',
    binding: true,
    facts: { code: 'PA-26-000123', until: '05/12/2026', petitionLink: '/phan-anh/tra-cuu' },
  },
  'petition-answered': {
    group: 'feedback',
    binding: true,
    facts: { code: 'PA-26-000123', petitionLink: '/phan-anh/tra-cuu' },
  },
  'petition-refused': {
    group: 'feedback',
    binding: true,
    facts: { code: 'PA-26-000123', petitionLink: '/phan-anh/tra-cuu' },
  },
  // One invitation after a result.
  'survey-invitation': { group: 'survey', facts: { surveyLink: '/danh-gia/…', until: '05/12/2026' } },
  // Requests of a person about the own data.
  'personal-data-received': {
    group: 'personal-data',
    binding: true,
    facts: { code: 'DL-26-0012', until: '24/11/2026', requestLink: '/du-lieu-ca-nhan/yeu-cau' },
  },
  'personal-data-answered': {
    group: 'personal-data',
    binding: true,
    facts: { code: 'DL-26-0012', requestLink: '/du-lieu-ca-nhan/yeu-cau' },
  },
  // Officers.
  'officer-online-waiting': {
    group: 'officer',
    urgent: true,
    binding: true,
    facts: {
      code: dossier.code,
      procedure: dossier.procedure,
      acceptBy: '15:30 ngày 23/11/2026',
      dossierLink: '/can-bo/ho-so/…',
    },
  },
  'officer-petition-waiting': {
    group: 'officer',
    binding: true,
    facts: { code: 'PA-26-000123', until: '05/12/2026', petitionLink: '/can-bo/phan-anh' },
  },
} as const satisfies Readonly<Record<string, Event>>

export type NoticeEvent = keyof typeof noticeEvents
export type NoticeGroup = Event['group']

/** What has to be said when this is told; `agency` is added when it is sent. */
export type FactsOf<Name extends NoticeEvent> = {
  readonly [Fact in keyof (typeof noticeEvents)[Name]['facts']]: string
}

/** Every placeholder that some template may name. */
export type FactName = { [Name in NoticeEvent]: keyof FactsOf<Name> & string }[NoticeEvent] | 'agency'

export const isNoticeEvent = (text: string): text is NoticeEvent => Object.hasOwn(noticeEvents, text)
export const eventOf = (name: NoticeEvent): Event => noticeEvents[name]

/** What an English letter says where the example is no name of a paper, a procedure or a place. */
const english: Readonly<Record<string, string>> = {
  '150.000 đồng': '150,000 VND',
  '50.000 đồng': '50,000 VND',
  'Mật khẩu': 'Password',
  'Hộ tịch': 'Civil status',
  'Trẻ được khai sinh: Ngày sinh; Người mẹ: Nơi cư trú': 'The child: Date of birth; The mother: Residence',
  '15:00 ngày 26/11/2026': '15:00 26/11/2026',
  '15:00 ngày 30/11/2026': '15:00 30/11/2026',
  '15:30 ngày 23/11/2026': '15:30 23/11/2026',
  '09:00 thứ Hai, 23/11/2026': '09:00 Monday, 23/11/2026',
  '10:00 thứ Ba, 24/11/2026': '10:00 Tuesday, 24/11/2026',
}

/** The example of an event as a letter in this language would say it. */
export const exampleOf = (name: NoticeEvent, language: 'vi' | 'en'): Readonly<Record<string, string>> =>
  language === 'vi'
    ? eventOf(name).facts
    : Object.fromEntries(Object.entries(eventOf(name).facts).map(([fact, value]) => [fact, english[value] ?? value]))
