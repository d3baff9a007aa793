import { writeInstant } from '../platform/day.ts'
import type { Demand } from './rules/policy.ts'

/** Every refusal of sign-in, accounts and administration, with the facts it carries. */
export type IdentityRefusal =
  | { code: 'wrong-credentials' }
  | { code: 'wait'; until: string }
  | { code: 'account-disabled'; why: 'idle' | 'administrator' }
  | { code: 'wrong-code' }
  | { code: 'wrong-password' }
  | { code: 'password-too-short'; least: number }
  | { code: 'password-too-long'; most: number }
  | { code: 'password-too-plain' }
  | { code: 'password-names-account' }
  | { code: 'password-used-before' }
  | { code: 'password-too-short-alone'; least: number }
  | { code: 'link-worthless' }
  | { code: 'user-name-taken' }
  | { code: 'user-name-form' }
  | { code: 'officer-has-account' }
  | { code: 'place-unknown' }
  | { code: 'second-factor-on' }
  | { code: 'second-factor-not-begun' }
  | { code: 'second-factor-required' }
  | { code: 'own-account' }
  | { code: 'provider-issuer' }
  | { code: 'provider-issuer-stays' }
  | { code: 'provider-exists' }

const refusals: { [Code in IdentityRefusal['code']]: (refusal: Extract<IdentityRefusal, { code: Code }>) => string } = {
  'wrong-credentials': () => 'Tên đăng nhập hoặc mật khẩu không đúng.',
  wait: ({ until }) =>
    `Đã nhập sai nhiều lần từ thiết bị này. Thử lại sau ${writeInstant(until)}, hoặc đăng nhập từ thiết bị bạn vẫn dùng; tài khoản không bị khóa ở nơi khác.`,
  'account-disabled': ({ why }) =>
    why === 'idle'
      ? 'Tài khoản đã bị vô hiệu hóa vì lâu không sử dụng. Hãy liên hệ quản trị viên của cơ quan để mở lại.'
      : 'Tài khoản đã bị quản trị viên vô hiệu hóa. Hãy liên hệ quản trị viên của cơ quan.',
  'wrong-code': () => 'Mã xác thực không đúng hoặc đã được dùng. Chờ mã mới trên điện thoại rồi nhập lại.',
  'wrong-password': () => 'Mật khẩu không đúng.',
  'password-too-short': ({ least }) => `Mật khẩu phải có ít nhất ${least} ký tự. Một câu ngắn dễ nhớ là cách tốt.`,
  'password-too-long': ({ most }) => `Mật khẩu không quá ${most} ký tự.`,
  'password-too-plain': () => 'Mật khẩu quá dễ đoán. Hãy chọn một câu chỉ mình bạn biết.',
  'password-names-account': () => 'Mật khẩu không được chứa tên đăng nhập.',
  'password-used-before': () => 'Mật khẩu này đã được dùng trước đây. Hãy chọn mật khẩu khác.',
  'password-too-short-alone': ({ least }) =>
    `Khi không dùng xác thực hai lớp, mật khẩu phải có ít nhất ${least} ký tự. Hãy đổi mật khẩu dài hơn trước khi tắt.`,
  'link-worthless': () =>
    'Liên kết không còn hiệu lực: đã được dùng, đã hết hạn hoặc đã có liên kết mới hơn. Hãy xin cấp lại.',
  'user-name-taken': () => 'Tên đăng nhập này đã có người dùng.',
  'user-name-form': () =>
    'Tên đăng nhập gồm 3 đến 50 chữ thường không dấu, chữ số, dấu chấm, gạch ngang, gạch dưới; bắt đầu bằng chữ hoặc số.',
  'officer-has-account': () => 'Người này đã có tài khoản.',
  'place-unknown': () => 'Không tìm thấy đơn vị hành chính này.',
  'second-factor-on': () => 'Xác thực hai lớp đã được bật.',
  'second-factor-not-begun': () =>
    'Chưa bắt đầu cài đặt xác thực hai lớp, hoặc phần cài đặt đã được thay bằng lần mới hơn.',
  'second-factor-required': () => 'Quản trị viên bắt buộc dùng xác thực hai lớp nên không tắt được.',
  'provider-issuer': () =>
    'Địa chỉ nhà cung cấp (issuer) phải bắt đầu bằng https:// và không có phần truy vấn. Địa chỉ http chỉ dùng được trên chính máy chủ này.',
  'provider-issuer-stays': () =>
    'Không đổi địa chỉ của nhà cung cấp đang dùng, vì tài khoản đã gắn với nó. Hãy thêm nhà cung cấp mới rồi tắt nhà cung cấp này.',
  'provider-exists': () => 'Đã có nhà cung cấp với địa chỉ và mã ứng dụng này.',
  'own-account': () => 'Không tự thực hiện việc này với tài khoản của chính mình. Hãy nhờ quản trị viên khác.',
}

export const vi = {
  refusals,
  notSignedIn: 'Bạn chưa đăng nhập hoặc phiên làm việc đã hết hạn.',
  locked: 'Phiên làm việc đã khóa. Nhập mật khẩu để tiếp tục; những gì đang làm dở vẫn còn.',
  notPermitted: 'Vị trí của bạn không được làm việc này. Nếu cần, hãy liên hệ quản trị viên của cơ quan.',
  demands: {
    'change-password': 'Hãy đổi mật khẩu trước khi tiếp tục.',
    'enrol-second-factor': 'Tài khoản quản trị phải bật xác thực hai lớp trước khi tiếp tục.',
  } satisfies Record<Demand, string>,

  roles: {
    'receiving-officer': 'Cán bộ một cửa',
    specialist: 'Công chức chuyên môn',
    leader: 'Lãnh đạo ký',
    clerk: 'Văn thư',
    'agency-admin': 'Quản trị cơ quan',
    supervisor: 'Giám sát đơn vị trực thuộc',
    auditor: 'Kiểm tra, kiểm toán',
    'system-admin': 'Quản trị hệ thống',
  },
  signIn: {
    title: 'Đăng nhập',
    product: 'Một Cửa',
    userName: 'Tên đăng nhập',
    password: 'Mật khẩu',
    submit: 'Đăng nhập',
    forgotten: 'Quên mật khẩu? Hãy nhờ quản trị viên của cơ quan cấp liên kết đặt lại.',
    publicSide: 'Trang dành cho người dân',
    by: (name: string) => `Đăng nhập bằng ${name}`,
    or: 'hoặc',
    returned: {
      wait: 'Bạn thử quá nhiều lần. Hãy chờ mười phút rồi thử lại.',
      'provider-off': 'Cách đăng nhập này không còn dùng. Hãy đăng nhập bằng tên và mật khẩu.',
      'provider-away':
        'Nhà cung cấp danh tính hiện không trả lời. Hãy thử lại sau, hoặc đăng nhập bằng tên và mật khẩu.',
      'provider-cancelled': 'Bạn đã dừng đăng nhập ở nhà cung cấp danh tính.',
      'provider-answer-worthless':
        'Trả lời của nhà cung cấp danh tính không dùng được (đã cũ, đã dùng hoặc không đúng). Hãy đăng nhập lại.',
      'no-such-officer':
        'Danh tính này chưa ứng với tài khoản cán bộ nào. Hãy liên hệ quản trị viên của cơ quan để được cấp tài khoản.',
      'linked-to-another':
        'Tài khoản cán bộ này đã gắn với một danh tính khác ở cùng nhà cung cấp. Hãy liên hệ quản trị viên.',
      'account-disabled': 'Tài khoản đã bị vô hiệu hóa. Hãy liên hệ quản trị viên của cơ quan.',
    } as Record<string, string>,
    demo: 'Hệ thống chạy thử với dữ liệu hư cấu. Tài khoản chạy thử được in trong cửa sổ khởi động.',
  },
  secondFactor: {
    title: 'Xác thực hai lớp',
    hint: 'Nhập mã 6 chữ số trên ứng dụng xác thực, hoặc một mã dự phòng.',
    code: 'Mã xác thực',
    submit: 'Xác nhận',
    back: 'Đăng nhập bằng tài khoản khác',
  },
  setup: {
    title: 'Thiết lập',
    firstTitle: 'Tạo quản trị viên đầu tiên',
    passwordTitle: 'Đặt mật khẩu',
    firstHint: 'Người này lập cơ quan, cán bộ và lịch làm việc. Sau đó mỗi người có tài khoản của riêng mình.',
    name: 'Họ và tên',
    userName: 'Tên đăng nhập',
    password: 'Mật khẩu mới',
    again: 'Nhập lại mật khẩu',
    passwordHint: (least: number) => `Ít nhất ${least} ký tự; một câu ngắn dễ nhớ là cách tốt.`,
    differs: 'Hai lần nhập không giống nhau.',
    place: 'Xã, phường, đặc khu',
    placeHint: 'Gõ tên mới hoặc tên cũ, có dấu hoặc không.',
    other: 'Cơ quan khác (sở, trung tâm, công an…)',
    agencyName: 'Tên cơ quan',
    formerly: 'Trước đây',
    submit: 'Hoàn tất',
    done: 'Đã xong. Bây giờ bạn có thể đăng nhập.',
    noLink: 'Trang này mở bằng liên kết dùng một lần do quản trị viên cấp hoặc do cửa sổ khởi động in ra.',
    toSignIn: 'Đến trang đăng nhập',
    checking: 'Đang kiểm tra liên kết…',
  },
  account: {
    title: 'Tài khoản của tôi',
    nav: 'Tài khoản của tôi',
    userName: 'Tên đăng nhập',
    password: 'Mật khẩu',
    passwordSet: 'Đặt ngày',
    passwordUntil: 'Phải đổi sau ngày',
    change: 'Đổi mật khẩu',
    current: 'Mật khẩu hiện tại',
    next: 'Mật khẩu mới',
    again: 'Nhập lại mật khẩu mới',
    changed: 'Đã đổi mật khẩu. Các phiên làm việc khác đã được đăng xuất.',
    secondFactor: 'Xác thực hai lớp',
    secondFactorOn: 'Đang bật',
    secondFactorOff: 'Chưa bật',
    secondFactorWhy: 'Khi bật, đăng nhập cần thêm mã trên điện thoại; mật khẩu ngắn hơn cũng đủ an toàn.',
    enable: 'Bật xác thực hai lớp',
    disable: 'Tắt xác thực hai lớp',
    scan: 'Quét mã bằng ứng dụng xác thực trên điện thoại (Google Authenticator, Microsoft Authenticator, FreeOTP…), rồi nhập mã 6 chữ số hiện ra.',
    qr: 'Mã QR để cài đặt ứng dụng xác thực',
    byHand: 'Không quét được? Nhập tay khóa này:',
    code: 'Mã 6 chữ số',
    confirm: 'Xác nhận',
    enabled: 'Đã bật xác thực hai lớp.',
    disabled: 'Đã tắt xác thực hai lớp.',
    recovery: 'Mã dự phòng',
    recoveryLeft: (count: number) => `Còn ${count} mã chưa dùng`,
    recoveryHint:
      'In hoặc chép lại và cất nơi an toàn. Mỗi mã dùng một lần thay cho mã trên điện thoại. Chúng chỉ hiện lần này.',
    recoveryNew: 'Tạo mã dự phòng mới',
    print: 'In mã dự phòng',
    recoveryKept: 'Tôi đã cất các mã này',
    confirmPassword: 'Nhập mật khẩu để xác nhận',
    sessions: 'Phiên làm việc',
    sessionHere: 'Phiên này',
    sessionLocked: 'Đang khóa',
    sessionStarted: 'Bắt đầu',
    sessionSeen: 'Dùng lần cuối',
    sessionSource: 'Từ',
    sessionDevice: 'Thiết bị',
    action: 'Thao tác',
    capacity: 'Tư cách',
    sessionEnd: 'Đăng xuất phiên này',
    sessionEnded: 'Đã đăng xuất phiên đó.',
    posts: 'Vị trí của tôi',
    agency: 'Cơ quan',
    unit: 'Bộ phận',
    role: 'Vai trò',
    onBehalf: (name: string) => `Thay ${name} (được ủy quyền)`,
    own: 'Vị trí của mình',
    knownDevice: 'thiết bị quen thuộc',
    deviceOn: (browser: string, system: string) => `${browser} trên ${system}`,
    noPosts: 'Bạn chưa giữ vị trí nào. Quản trị viên của cơ quan giao vị trí ở trang Cán bộ.',
  },
  providers: {
    title: 'Nhà cung cấp danh tính',
    nav: 'Nhà cung cấp danh tính',
    lead: 'Người dân, cán bộ đăng nhập qua nhà cung cấp theo chuẩn OpenID Connect. Khi nhà cung cấp không trả lời, các cách đăng nhập khác vẫn dùng được.',
    add: 'Thêm nhà cung cấp',
    edit: 'Sửa',
    empty: 'Chưa có nhà cung cấp nào',
    emptyHint: 'Thêm nhà cung cấp khi cơ quan đã được cấp mã ứng dụng; trước đó mọi người dùng tài khoản tại đây.',
    name: 'Tên hiển thị trên nút đăng nhập',
    issuer: 'Địa chỉ nhà cung cấp (issuer)',
    clientId: 'Mã ứng dụng (client id)',
    clientSecret: 'Khóa bí mật (client secret)',
    secretKept: 'Đang lưu một khóa đã mã hóa. Để trống để giữ nguyên.',
    clientAuth: 'Cách gửi khóa bí mật',
    basic: 'Trong phần đầu (client_secret_basic)',
    post: 'Trong nội dung (client_secret_post)',
    forWhom: 'Dùng cho',
    forCitizens: 'Người dân',
    forOfficers: 'Cán bộ',
    enabled: 'Đang bật',
    disabled: 'Đang tắt',
    scope: 'Phạm vi yêu cầu (scope)',
    acrValues: 'Mức yêu cầu (acr_values), để trống nếu không yêu cầu',
    claims: 'Tên các thông tin mà nhà cung cấp trả về',
    claimNames: {
      identityNumber: 'Số định danh cá nhân',
      name: 'Họ và tên',
      birthDay: 'Ngày sinh',
      sex: 'Giới tính',
      phone: 'Điện thoại',
      email: 'Thư điện tử',
      address: 'Địa chỉ',
    },
    levelClaim: 'Thông tin cho biết mức độ bảo đảm',
    levels: 'Mức độ bảo đảm',
    levelsHint: 'Mỗi dòng: giá trị nhà cung cấp trả về = mức. Giá trị không có trong bảng là mức cơ bản.',
    levelValue: 'Giá trị',
    level: 'Mức',
    levelNames: { basic: 'Cơ bản', substantial: 'Đã xác minh', high: 'Cao' },
    addLevel: 'Thêm dòng',
    remove: 'Bỏ dòng',
    officer: 'Cán bộ được nhận ra bằng',
    officerClaim: 'Thông tin của nhà cung cấp',
    officerMatch: 'Ứng với',
    matches: { 'user-name': 'Tên đăng nhập', 'staff-code': 'Mã cán bộ', email: 'Thư điện tử (đã xác minh)' },
    secondFactor: 'Giá trị acr được coi là đã xác thực hai lớp',
    secondFactorHint: 'Cách nhau bằng dấu cách. Để trống: luôn hỏi mã của hệ thống này.',
    returnTo: 'Địa chỉ trở về cần đăng ký ở nhà cung cấp',
    returnCitizens: 'Người dân',
    returnOfficers: 'Cán bộ',
    returnLater: 'Hiện sau khi lưu.',
    save: 'Lưu',
    cancel: 'Bỏ qua',
    saved: 'Đã lưu nhà cung cấp.',
    check: 'Hỏi thử',
    checkFine: 'Nhà cung cấp trả lời và ký được.',
    checkNoKeys: 'Nhà cung cấp trả lời nhưng không công bố khóa ký.',
    checkAway: 'Nhà cung cấp không trả lời, hoặc địa chỉ không đúng.',
    state: 'Trạng thái',
  },
  audit: {
    title: 'Nhật ký truy cập',
    nav: 'Nhật ký truy cập',
    note: 'Đăng nhập, đăng xuất, đặt lại mật khẩu, xem số định danh. Nhật ký chỉ thêm, không sửa, không xóa.',
    at: 'Thời điểm',
    who: 'Ai',
    what: 'Việc',
    source: 'Từ',
    detailNames: {
      code: 'Hồ sơ',
      basis: 'Căn cứ',
      reason: 'Lý do',
      file: 'Tệp',
      name: 'Tên',
      provider: 'Nhà cung cấp số',
    },
    details: 'Chi tiết',
    all: 'Mọi việc',
    empty: 'Chưa có ghi nhận nào',
    emptyHint: 'Mỗi lần đăng nhập, đặt lại mật khẩu hoặc xem số định danh sẽ hiện ở đây.',
    unknown: 'Tài khoản không có thật',
    system: 'Hệ thống',
    words: {
      'signed-in': 'Đăng nhập',
      'sign-in-failed': 'Đăng nhập sai',
      'source-locked': 'Khóa nguồn đăng nhập',
      'signed-out': 'Đăng xuất',
      'session-unlocked': 'Mở khóa phiên',
      'session-ended': 'Đăng xuất phiên từ xa',
      'password-changed': 'Đổi mật khẩu',
      'password-link-made': 'Cấp liên kết đặt mật khẩu',
      'password-set-by-link': 'Đặt mật khẩu bằng liên kết',
      'second-factor-enrolled': 'Bật xác thực hai lớp',
      'second-factor-removed': 'Tắt xác thực hai lớp',
      'recovery-codes-made': 'Tạo mã dự phòng',
      'recovery-code-used': 'Dùng mã dự phòng',
      'account-made': 'Tạo tài khoản',
      'account-disabled': 'Vô hiệu hóa tài khoản',
      'account-enabled': 'Mở lại tài khoản',
      'identity-number-revealed': 'Xem số định danh',
      'personal-data-erased': 'Xóa dữ liệu cá nhân',
      'file-opened': 'Mở tệp',
      exported: 'Xuất dữ liệu',
      'provider-linked': 'Gắn tài khoản với nhà cung cấp danh tính',
      'provider-changed': 'Thay đổi nhà cung cấp danh tính',
      'level-changed': 'Thay đổi mức độ danh tính khi nộp trực tuyến',
      'retention-changed': 'Thay đổi thời hạn lưu dữ liệu',
    } as Record<string, string>,
  },
}

export type IdentityText = typeof vi

/** The Vietnamese sentence of a refusal. */
export const refusalText = (refusal: IdentityRefusal): string => {
  const words = vi.refusals[refusal.code] as (refusal: IdentityRefusal) => string
  return words(refusal)
}
