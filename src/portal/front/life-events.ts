import type { PublicLanguage } from '../../platform/http/public-page.ts'

type Said = Readonly<Record<PublicLanguage, string>>

/** What happens in a life and what it asks of the authority, in the order in which it is best done. */
export type LifeEvent = {
  /** Part of the address, in unaccented Vietnamese. */
  key: string
  label: Said
  lead: Said
  steps: readonly { what: Said; why: Said; codes: readonly string[] }[]
}

/** Facts of the procedures stand in the catalogue; here is only which of them belong together, and why. */
export const lifeEvents: readonly LifeEvent[] = [
  {
    key: 'sinh-con',
    label: { vi: 'Sinh con', en: 'A child is born' },
    lead: {
      vi: 'Làm khai sinh trước: các việc khác cần số định danh của con.',
      en: 'Register the birth first: the rest needs the child’s number.',
    },
    steps: [
      {
        what: { vi: 'Khai sinh cho con', en: 'Register the birth' },
        why: {
          vi: 'Trong 60 ngày kể từ ngày sinh. Chưa đăng ký kết hôn thì làm cùng lúc với việc nhận cha.',
          en: 'Within 60 days. Where the parents are not married, together with the recognition of the father.',
        },
        codes: ['1.001193', '1.000689'],
      },
      {
        what: { vi: 'Đăng ký nơi ở cho con', en: 'Register where the child lives' },
        why: { vi: 'Con thường được đăng ký thường trú theo cha hoặc mẹ.', en: 'Usually with the father or mother.' },
        codes: ['1.004222'],
      },
      {
        what: { vi: 'Lấy thêm bản sao khai sinh', en: 'Get copies of the certificate' },
        why: { vi: 'Để nộp cho trường học, cơ quan bảo hiểm.', en: 'For school and insurance.' },
        codes: ['2.000635', '2.000815'],
      },
    ],
  },
  {
    key: 'ket-hon',
    label: { vi: 'Kết hôn', en: 'Marriage' },
    lead: {
      vi: 'Hai người cùng có mặt khi ký Giấy chứng nhận kết hôn.',
      en: 'Both have to be there when the certificate is signed.',
    },
    steps: [
      {
        what: { vi: 'Xác nhận tình trạng hôn nhân', en: 'Certificate of marital status' },
        why: {
          vi: 'Cần khi bạn đăng ký kết hôn ở xã khác nơi thường trú.',
          en: 'Needed when you marry in another commune than that of your residence.',
        },
        codes: ['1.004873'],
      },
      {
        what: { vi: 'Đăng ký kết hôn', en: 'Register the marriage' },
        why: { vi: 'Tại xã nơi cư trú của một trong hai người.', en: 'In the commune of one of the two.' },
        codes: ['1.000894'],
      },
      {
        what: { vi: 'Về ở cùng một nhà', en: 'Move in together' },
        why: { vi: 'Đăng ký thường trú tại nhà vợ, nhà chồng.', en: 'Register the common residence.' },
        codes: ['1.004222'],
      },
    ],
  },
  {
    key: 'nguoi-than-qua-doi',
    label: { vi: 'Người thân qua đời', en: 'A death in the family' },
    lead: {
      vi: 'Đăng ký khai tử trong 15 ngày. Các khoản trợ cấp và việc thừa kế đều cần Trích lục khai tử.',
      en: 'Register the death within 15 days. Allowances and the inheritance need the extract.',
    },
    steps: [
      {
        what: { vi: 'Đăng ký khai tử', en: 'Register the death' },
        why: { vi: 'Không mất phí khi đăng ký đúng hạn.', en: 'Free when done in time.' },
        codes: ['1.000656'],
      },
      {
        what: { vi: 'Nhận tiền mai táng', en: 'Funeral allowance' },
        why: {
          vi: 'Tùy người mất hưởng chế độ nào: bảo trợ xã hội, hưu trí xã hội, người có công.',
          en: 'Depends on what the deceased received: social allowance, social pension, merit.',
        },
        codes: ['1.001731', '1.014028', '1.010824'],
      },
      {
        what: { vi: 'Việc thừa kế', en: 'The inheritance' },
        why: {
          vi: 'Khi những người thừa kế đã thống nhất, hoặc có người từ chối nhận.',
          en: 'When the heirs agree, or one of them renounces.',
        },
        codes: ['2.001406', '2.001016'],
      },
    ],
  },
  {
    key: 'giay-to-can-chung-thuc',
    label: { vi: 'Chứng thực giấy tờ', en: 'Certified papers' },
    lead: {
      vi: 'Mang bản chính theo. Phần lớn làm xong ngay trong ngày.',
      en: 'Bring the originals. Most is done the same day.',
    },
    steps: [
      {
        what: { vi: 'Bản sao có chứng thực', en: 'Certified copies' },
        why: {
          vi: 'Ủy ban giữ bản chính của sổ nào thì cấp bản sao từ sổ gốc của sổ ấy.',
          en: 'Or from the original book.',
        },
        codes: ['2.000815', '2.000908'],
      },
      {
        what: { vi: 'Chứng thực chữ ký', en: 'Authenticated signature' },
        why: {
          vi: 'Giấy ủy quyền đơn giản, sơ yếu lý lịch, giấy tự khai.',
          en: 'Simple powers of attorney, CVs, declarations.',
        },
        codes: ['2.000884', '2.001008'],
      },
      {
        what: { vi: 'Chứng thực giao dịch, di chúc', en: 'Contracts and wills' },
        why: { vi: 'Mua bán, tặng cho, ủy quyền có thù lao, di chúc.', en: 'Sales, gifts, powers for pay, wills.' },
        codes: ['2.001035', '2.001019', '2.000913'],
      },
    ],
  },
  {
    key: 'dat-dai',
    label: { vi: 'Đất đai', en: 'Land' },
    lead: {
      vi: 'Cấp Giấy chứng nhận lần đầu làm tại xã. Sang tên, tách thửa làm tại Văn phòng đăng ký đất đai.',
      en: 'First certificates are made by the commune. Transfers and divisions by the land registry.',
    },
    steps: [
      {
        what: { vi: 'Giấy chứng nhận lần đầu', en: 'The first certificate' },
        why: {
          vi: 'Đất đang sử dụng mà chưa có giấy; hoặc giấy cấp lần đầu bị sai.',
          en: 'Or a first certificate with a mistake.',
        },
        codes: ['1.013978', '1.012796'],
      },
      {
        what: { vi: 'Tranh chấp với người khác', en: 'A dispute' },
        why: { vi: 'Hòa giải tại xã là bước bắt buộc trước khi ra Tòa.', en: 'Conciliation comes before any court.' },
        codes: ['1.012812', '1.013967'],
      },
    ],
  },
  {
    key: 'xay-nha',
    label: { vi: 'Xây, sửa nhà', en: 'Build or repair a house' },
    lead: { vi: 'Xin giấy phép trước khi khởi công.', en: 'Get the permit before work begins.' },
    steps: [
      {
        what: { vi: 'Giấy phép xây dựng', en: 'The permit' },
        why: { vi: 'Nhà ở nông thôn ngoài khu quy hoạch có thể được miễn.', en: 'Some rural houses are exempt.' },
        codes: ['1.013225'],
      },
      {
        what: { vi: 'Giấy phép hết hạn hoặc bị mất', en: 'Expired or lost' },
        why: { vi: 'Gia hạn trước ngày hết hạn.', en: 'Extend it before it ends.' },
        codes: ['1.013227', '1.013228'],
      },
    ],
  },
  {
    key: 'mo-ho-kinh-doanh',
    label: { vi: 'Mở hộ kinh doanh', en: 'Open a household business' },
    lead: { vi: 'Đăng ký trước khi bán hàng, làm dịch vụ thường xuyên.', en: 'Register before you trade regularly.' },
    steps: [
      {
        what: { vi: 'Đăng ký mới', en: 'Register' },
        why: { vi: 'Một người hoặc các thành viên trong gia đình.', en: 'One person or members of a family.' },
        codes: ['1.001612'],
      },
      {
        what: { vi: 'Có thay đổi', en: 'Something changes' },
        why: {
          vi: 'Tên, địa chỉ, ngành nghề, chủ hộ; mất giấy.',
          en: 'Name, place, trade, owner; a lost certificate.',
        },
        codes: ['2.000720', '2.000575'],
      },
      {
        what: { vi: 'Tạm nghỉ hoặc nghỉ hẳn', en: 'Pause or end' },
        why: { vi: 'Báo trước để không phát sinh nghĩa vụ thuế.', en: 'Tell it, so that no tax arises.' },
        codes: ['1.001570', '1.001266'],
      },
    ],
  },
  {
    key: 'chuyen-noi-o',
    label: { vi: 'Chuyển nơi ở', en: 'Moving' },
    lead: {
      vi: 'Công an xã giải quyết; nộp tại nơi tiếp nhận hồ sơ của xã hoặc trực tuyến.',
      en: 'Done by the commune police; file at the desk or online.',
    },
    steps: [
      {
        what: { vi: 'Ở lâu dài', en: 'For good' },
        why: {
          vi: 'Nhà của mình, của người thân, nhà thuê được chủ đồng ý.',
          en: 'Own, a relative’s, or rented with consent.',
        },
        codes: ['1.004222', '1.010038'],
      },
      {
        what: { vi: 'Ở tạm', en: 'For a time' },
        why: { vi: 'Thuê trọ, đi làm, đi học từ 30 ngày.', en: 'Rented rooms, work, study of 30 days or more.' },
        codes: ['1.004194', '1.002755', '1.003677'],
      },
      {
        what: { vi: 'Cần giấy xác nhận nơi ở', en: 'A confirmation' },
        why: { vi: 'Giấy xác nhận thông tin về cư trú (CT07).', en: 'Confirmation of residence (CT07).' },
        codes: ['1.010041'],
      },
    ],
  },
  {
    key: 'tro-cap',
    label: { vi: 'Nhận trợ cấp', en: 'Allowances' },
    lead: {
      vi: 'Trả lời vài câu hỏi ở từng thủ tục để biết bạn có được hưởng không.',
      en: 'A few questions at each procedure tell whether you are entitled.',
    },
    steps: [
      {
        what: { vi: 'Người cao tuổi', en: 'Old people' },
        why: { vi: 'Từ đủ 75 tuổi, không có lương hưu.', en: '75 or older, without a pension.' },
        codes: ['1.014027'],
      },
      {
        what: { vi: 'Người khuyết tật, trẻ em khó khăn', en: 'Disabled people, children in need' },
        why: { vi: 'Xác định mức độ khuyết tật trước, rồi mới xin trợ cấp.', en: 'The degree of disability first.' },
        codes: ['1.001699', '1.001776', '2.000286'],
      },
      {
        what: { vi: 'Hộ nghèo, cận nghèo', en: 'Poor households' },
        why: { vi: 'Rà soát hằng năm và khi hoàn cảnh thay đổi.', en: 'Each year, and when things change.' },
        codes: ['1.011607', '1.011608'],
      },
      {
        what: { vi: 'Người có công', en: 'People of merit' },
        why: { vi: 'Thân nhân liệt sĩ, thương binh.', en: 'Families of the fallen and wounded.' },
        codes: ['1.010803', '1.010833', '1.010824'],
      },
    ],
  },
  {
    key: 'sai-hoac-mat-giay-to',
    label: { vi: 'Giấy tờ sai hoặc mất', en: 'Wrong or lost papers' },
    lead: {
      vi: 'Sổ hộ tịch còn thì xin trích lục; mất cả sổ mới phải đăng ký lại.',
      en: 'Where the register exists an extract is enough.',
    },
    steps: [
      {
        what: { vi: 'Xin lại bản sao', en: 'A new copy' },
        why: {
          vi: 'Khai sinh, kết hôn, khai tử đã đăng ký.',
          en: 'Of a birth, marriage or death that was registered.',
        },
        codes: ['2.000635'],
      },
      {
        what: { vi: 'Sửa chỗ sai, đổi tên', en: 'Correct or change' },
        why: { vi: 'Có giấy tờ chứng minh chỗ sai.', en: 'With a proof of the mistake.' },
        codes: ['1.004859'],
      },
      {
        what: { vi: 'Đăng ký lại', en: 'Register again' },
        why: { vi: 'Khi cả sổ và giấy tờ đều mất.', en: 'When book and papers are lost.' },
        codes: ['1.004884', '1.004746', '1.005461'],
      },
    ],
  },
]
