import type { ControlForm, FormInputs, FormPerson, Letterhead, ReceiptForm, RegisterForm } from './form-data.ts'

/** Forms of an invented authority, for tests of this and later folders. */

export const aLetterhead = (changes: Partial<Letterhead> = {}): Letterhead => ({
  parentAgency: 'Ủy ban nhân dân xã Hải Hưng',
  agency: 'Trung tâm Phục vụ hành chính công',
  number: '05/TNHS',
  place: 'Hải Hưng',
  issuedAt: '2026-11-20T02:15:00.000Z',
  ...changes,
})

export const aPerson = (changes: Partial<FormPerson> = {}): FormPerson => ({
  name: 'Nguyễn Thị Bích Ngọc',
  identity: { label: 'Số định danh cá nhân', number: '001185012345' },
  address: 'Thôn Đoài, xã Hải Hưng, tỉnh Ninh Bình',
  phone: '0912 345 678',
  email: null,
  ...changes,
})

const dossier = {
  code: 'H42.28.15-261120-0005',
  trackingUrl: 'https://motcua.haihung.ninhbinh.gov.vn/tra-cuu/H42.28.15-261120-0005?k=7QX4-M2PD',
  trackingKey: '7QX4-M2PD',
  procedure: 'Đăng ký khai sinh',
}

export const aReceipt = (changes: Partial<ReceiptForm> = {}): ReceiptForm => ({
  head: aLetterhead(),
  dossier,
  receivingPlace: 'Trung tâm Phục vụ hành chính công xã Hải Hưng',
  submitter: aPerson(),
  owner: aPerson({ name: 'Trần Quỳnh Chi', identity: null }),
  papers: [
    { name: 'Tờ khai đăng ký khai sinh', kind: 'original', count: 1 },
    { name: 'Giấy chứng sinh', kind: 'original', count: 1 },
    { name: 'Giấy chứng nhận kết hôn của cha, mẹ', kind: 'copy', count: 1, note: 'xuất trình bản chính để đối chiếu' },
    { name: 'Văn bản ủy quyền đi đăng ký khai sinh', kind: 'electronic', count: 1 },
  ],
  sets: 1,
  timeLimit: '01 ngày làm việc',
  receivedAt: '2026-11-20T02:15:00.000Z',
  dueAt: '2026-11-23T10:00:00.000Z',
  resultDelivery: 'Quầy trả kết quả, Trung tâm Phục vụ hành chính công xã Hải Hưng',
  fees: [{ name: 'Lệ phí đăng ký khai sinh', amount: 8000 }],
  feePayment: 'Tiền mặt, biên lai số 0000123',
  notification: 'Tin nhắn đến số 0912 345 678',
  book: { volume: '01/2026', sequence: '1.245' },
  receiver: { lines: [], name: 'Phạm Văn Thưởng' },
  ...changes,
})

export const aControlSheet = (changes: Partial<ControlForm> = {}): ControlForm => ({
  head: aLetterhead({ number: '05/KSHS' }),
  dossier,
  applicantName: 'Nguyễn Thị Bích Ngọc',
  receivedAt: '2026-11-20T02:15:00.000Z',
  dueAt: '2026-11-23T10:00:00.000Z',
  handlingAgency: 'Bộ phận Tư pháp – Hộ tịch, Ủy ban nhân dân xã Hải Hưng',
  coordinatingAgencies: ['Công an xã Hải Hưng'],
  hops: [
    {
      from: 'Trung tâm Phục vụ hành chính công',
      to: 'Bộ phận Tư pháp – Hộ tịch',
      fromOfficer: 'Phạm Văn Thưởng',
      toOfficer: 'Lê Thị Ưỡn',
      handedAt: '2026-11-20T02:40:00.000Z',
      receivedAt: '2026-11-20T02:45:00.000Z',
      result: null,
      note: null,
    },
    {
      from: 'Bộ phận Tư pháp – Hộ tịch',
      to: 'Lãnh đạo Ủy ban nhân dân',
      fromOfficer: 'Lê Thị Ưỡn',
      toOfficer: 'Đỗ Quốc Quyết',
      handedAt: '2026-11-20T07:00:00.000Z',
      receivedAt: '2026-11-20T07:30:00.000Z',
      result: 'early',
      note: 'Trình ký',
    },
    {
      from: 'Lãnh đạo Ủy ban nhân dân',
      to: 'Trung tâm Phục vụ hành chính công',
      fromOfficer: 'Đỗ Quốc Quyết',
      toOfficer: null,
      handedAt: '2026-11-23T02:00:00.000Z',
      receivedAt: null,
      result: 'on-time',
      note: null,
    },
  ],
  ...changes,
})

export const aRegister = (count = 3, changes: Partial<RegisterForm> = {}): RegisterForm => ({
  head: aLetterhead({ number: null }),
  filter: 'Lĩnh vực: Hộ tịch',
  volume: '01/2026',
  from: '2026-10-15',
  to: '2026-11-20',
  rows: Array.from({ length: count }, (_, index) => ({
    code: `H42.28.15-261120-${String(index + 1).padStart(4, '0')}`,
    procedure:
      [
        'Đăng ký khai sinh',
        'Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan có thẩm quyền cấp',
        'Xác nhận tình trạng hôn nhân',
      ][index % 3] ?? '',
    sets: 1,
    name: ['Nguyễn Thị Bích Ngọc', 'Trần Văn Thuở', 'Hợp tác xã Nông nghiệp Ưỡn Đẵng'][index % 3] ?? '',
    address: 'Thôn Đoài, xã Hải Hưng, tỉnh Ninh Bình',
    phone: index % 2 ? null : '0912 345 678',
    handlingAgency: 'Ủy ban nhân dân xã Hải Hưng',
    receivedAt: '2026-11-20T02:15:00.000Z',
    dueAt: index % 4 === 3 ? null : '2026-11-23T10:00:00.000Z',
    returnedAt: index % 2 ? null : '2026-11-23T02:30:00.000Z',
    channel: index % 2 ? 'Trực tuyến' : 'Trực tiếp',
    delivery: index % 2 ? null : 'Trực tiếp tại quầy',
    receivedBy: index % 2 ? null : 'Nguyễn Thị Bích Ngọc',
    note: index % 3 === 1 ? 'Bổ sung hồ sơ ngày 21/11/2026' : null,
  })),
  signer: { lines: ['NGƯỜI LẬP SỔ'], name: 'Phạm Văn Thưởng' },
  ...changes,
})

/** One example of every form. */
export const someForms = (): FormInputs => ({
  receipt: aReceipt(),
  supplement: {
    head: aLetterhead({ number: '12/HDHS' }),
    dossier,
    receivingPlace: 'Trung tâm Phục vụ hành chính công xã Hải Hưng',
    stage: 'processing',
    applicant: aPerson(),
    items: [
      { paper: 'Giấy chứng sinh', change: 'Bản chụp mờ, không đọc được ngày sinh; đề nghị nộp bản chính' },
      { paper: 'Tờ khai đăng ký khai sinh', change: 'Bổ sung mục quê quán của người cha' },
    ],
    reason: 'Thông tin về ngày sinh giữa Tờ khai và Giấy chứng sinh không thống nhất, cần có bản chính để đối chiếu.',
    legalBasis: 'Điều 16 Luật Hộ tịch số 60/2014/QH13',
    completeBy: '2026-12-11',
    contact: { name: 'Lê Thị Ưỡn', phone: '0228 3 860 123' },
    signer: { lines: ['NGƯỜI HƯỚNG DẪN'], name: 'Phạm Văn Thưởng' },
  },
  refusal: {
    head: aLetterhead({ number: '03/TCHS' }),
    dossier,
    receivingPlace: 'Trung tâm Phục vụ hành chính công xã Hải Hưng',
    stage: 'intake',
    applicant: aPerson(),
    reason:
      'Trẻ em đã được đăng ký khai sinh tại Ủy ban nhân dân phường Quỹ Nhất ngày 05/9/2026; việc đăng ký khai sinh lần thứ hai không thuộc trường hợp được giải quyết.',
    legalBasis: 'Điều 13 và Điều 16 Luật Hộ tịch số 60/2014/QH13',
    guidance: 'Ông/Bà có thể đề nghị cấp bản sao trích lục khai sinh tại bất kỳ cơ quan đăng ký hộ tịch nào.',
    returned: 'Toàn bộ giấy tờ đã nộp; lệ phí 8.000 đồng',
    signer: { lines: ['NGƯỜI TIẾP NHẬN HỒ SƠ'], name: 'Phạm Văn Thưởng' },
  },
  apology: {
    head: aLetterhead({ parentAgency: null, agency: 'Ủy ban nhân dân xã Hải Hưng', number: '02/XLHS' }),
    dossier: { ...dossier, procedure: 'Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất' },
    applicant: aPerson(),
    apologist: 'Ủy ban nhân dân xã Hải Hưng',
    receivedAt: '2026-11-02T02:15:00.000Z',
    dueAt: '2026-11-23T10:00:00.000Z',
    causedBy: 'Bộ phận Địa chính – Xây dựng',
    reason: 'Thửa đất cần đo đạc lại do hồ sơ địa chính của xã cũ chưa được số hóa đầy đủ',
    newDueAt: '2026-11-30T10:00:00.000Z',
    late: false,
    copiesTo: ['Trung tâm Phục vụ hành chính công xã'],
    archive: 'Lưu: VT, ĐC',
    signer: { lines: ['KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'], name: 'Đỗ Quốc Quyết' },
  },
  stop: {
    head: aLetterhead({ number: '01/TB-TTPVHCC' }),
    dossier,
    applicant: aPerson(),
    receivingPlace: 'Trung tâm Phục vụ hành chính công xã Hải Hưng',
    receivedAt: '2026-11-02T02:15:00.000Z',
    askedBy: 'applicant',
    stage: 'Đang thẩm định tại Bộ phận Tư pháp – Hộ tịch',
    stoppedAt: '2026-11-20T08:00:00.000Z',
    reason: 'Người nộp hồ sơ đề nghị rút hồ sơ để nộp tại nơi cư trú của người mẹ',
    legalBasis: 'Điều 21 Nghị định số 118/2025/NĐ-CP',
    fees: 'Hoàn trả lệ phí 8.000 đồng theo biên lai số 0000123',
    papersReturned: ['Giấy chứng sinh (bản chính)', 'Tờ khai đăng ký khai sinh (bản chính)'],
    copiesTo: ['Bộ phận Tư pháp – Hộ tịch'],
    archive: 'Lưu: VT, TTPVHCC',
    signer: { lines: ['GIÁM ĐỐC'], name: 'Vũ Thị Thuý' },
  },
  control: aControlSheet(),
  register: aRegister(),
  explanation: {
    head: aLetterhead({ number: null }),
    dossier,
    applicantName: 'Nguyễn Thị Bích Ngọc',
    timeLimit: '03 ngày làm việc',
    startedAt: '2026-11-20T02:15:00.000Z',
    dueAt: '2026-11-26T02:15:00.000Z',
    lines: [
      {
        when: 'Thứ Sáu 20/11/2026',
        counted: '–',
        total: '0',
        why: 'Ngày tiếp nhận (09:15); ngày làm việc đầu tiên tính từ ngày kế tiếp (Điều 147 Bộ luật Dân sự 2015)',
      },
      { when: 'Thứ Bảy 21/11/2026', counted: '–', total: '0', why: 'Nghỉ hằng tuần' },
      { when: 'Chủ Nhật 22/11/2026', counted: '–', total: '0', why: 'Nghỉ hằng tuần' },
      { when: 'Thứ Hai 23/11/2026', counted: '1 ngày', total: '1', why: 'Ngày làm việc' },
      {
        when: 'Thứ Ba 24/11/2026',
        counted: '–',
        total: '1',
        why: 'Nghỉ lễ: Ngày Văn hóa Việt Nam (Nghị quyết số 28/2026/QH16)',
      },
      { when: 'Thứ Tư 25/11/2026', counted: '1 ngày', total: '2', why: 'Ngày làm việc' },
      { when: 'Thứ Năm 26/11/2026', counted: '1 ngày', total: '3', why: 'Ngày làm việc; hết thời hạn' },
    ],
    rules: [
      'Thời hạn tính bằng ngày làm việc theo Điều 147, 148 Bộ luật Dân sự 2015',
      'Hồ sơ nhận trước 15 giờ 00: chuyển xử lý trong ngày (Điều 18 Nghị định số 118/2025/NĐ-CP)',
    ],
  },
  posting: {
    head: aLetterhead({ number: null }),
    code: '1.001193',
    name: 'Thủ tục đăng ký khai sinh',
    field: 'Hộ tịch',
    decision: 'Quyết định số 1872/QĐ-BTP',
    url: 'https://motcua.haihung.ninhbinh.gov.vn/thu-tuc/1.001193',
    subjects: ['Công dân Việt Nam', 'Người nước ngoài'],
    sequence: [
      'Người có yêu cầu nộp hồ sơ tại Trung tâm Phục vụ hành chính công cấp xã hoặc trên Cổng Dịch vụ công quốc gia.',
      'Người tiếp nhận kiểm tra hồ sơ; nếu đầy đủ thì cấp Giấy tiếp nhận hồ sơ và hẹn trả kết quả.',
      'Công chức tư pháp – hộ tịch ghi nội dung khai sinh vào Sổ, trình Chủ tịch Ủy ban nhân dân xã ký Giấy khai sinh.',
    ],
    cases: [
      {
        name: 'Trường hợp thông thường',
        papers: [
          { name: 'Tờ khai đăng ký khai sinh', form: 'Mẫu số 01', originals: 1, copies: 0, note: null },
          {
            name: 'Giấy chứng sinh',
            form: null,
            originals: 1,
            copies: 0,
            note: 'Nếu không có: văn bản của người làm chứng',
          },
        ],
      },
      {
        name: 'Trẻ em bị bỏ rơi',
        papers: [
          { name: 'Tờ khai đăng ký khai sinh', form: 'Mẫu số 01', originals: 1, copies: 0, note: null },
          { name: 'Biên bản về việc trẻ bị bỏ rơi', form: null, originals: 1, copies: 1, note: null },
        ],
      },
    ],
    sets: 1,
    ways: [
      {
        channel: 'Trực tiếp',
        time: 'Ngay trong ngày; nhận sau 15 giờ thì trả trong ngày làm việc tiếp theo',
        fee: 'Miễn lệ phí nếu đúng hạn; đăng ký quá hạn: 8.000 đồng',
        note: null,
      },
      { channel: 'Trực tuyến', time: 'Ngay trong ngày', fee: '4.000 đồng', note: 'Nhận kết quả bản giấy tại quầy' },
      { channel: 'Dịch vụ bưu chính', time: '01 ngày làm việc', fee: '8.000 đồng', note: null },
    ],
    place: 'Trung tâm Phục vụ hành chính công xã Hải Hưng, thôn Đoài',
    officeHours: 'Thứ Hai đến Thứ Sáu: 07:00–11:30, 13:30–17:00',
    handlingAgency: 'Ủy ban nhân dân xã Hải Hưng',
    results: ['Giấy khai sinh (bản chính)'],
    conditions: null,
    legalBasis: ['Luật Hộ tịch số 60/2014/QH13', 'Nghị định số 123/2015/NĐ-CP'],
    feedback: 'Điện thoại 0228 3 860 123 hoặc Cổng Dịch vụ công quốc gia',
  },
  poster: {
    head: aLetterhead({ number: null }),
    kind: 'field',
    title: 'Hộ tịch',
    code: null,
    url: 'https://motcua.haihung.ninhbinh.gov.vn/thu-tuc?linh-vuc=ho-tich',
    lines: [
      'Đăng ký khai sinh',
      'Đăng ký kết hôn',
      'Đăng ký khai tử',
      'Cấp giấy xác nhận tình trạng hôn nhân',
      'Đăng ký nhận cha, mẹ, con',
    ],
  },
  feeReceipt: {
    head: aLetterhead({ number: 'BL26-0000123' }),
    symbol: 'BL26',
    number: '0000123',
    code: dossier.code,
    url: 'https://motcua.haihung.ninhbinh.gov.vn/thanh-toan/c.AZqL1p2Gc8WkYg',
    payer: 'Nguyễn Thị Bích Ngọc',
    address: 'Thôn Đoài, xã Hải Hưng, tỉnh Ninh Bình',
    procedure: 'Cấp bản sao trích lục hộ tịch',
    lines: [{ name: 'Phí cấp bản sao trích lục hộ tịch', amount: 24_000 }],
    amount: 16_000,
    amountInWords: 'Mười sáu nghìn đồng',
    parts: { due: 24_000, before: 8000, after: 0 },
    method: 'Tiền mặt',
    copy: 1,
    voided: null,
    collector: 'Phạm Thị Thu',
  },
})

/** A small PDF as a scanner would send it. */
export const aPdf = (text = 'Giấy chứng sinh'): Buffer =>
  Buffer.from(`%PDF-1.4\n%âãÏÓ\n% ${text}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`)

/** A picture of one point. */
export const aPicture = (kind: 'png' | 'jpeg' | 'webp'): Buffer => Buffer.from(pixels[kind], 'base64')

const pixels = {
  png: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  jpeg: '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z',
  webp: 'UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==',
}
