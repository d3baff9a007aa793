import type { Role } from '../../staff/index.ts'

/** One piece of work: what it is, how it is done, and where. */
export type Task = { title: string; steps: readonly string[]; to?: string; link?: string }

export type HelpText = {
  title: string
  note: string
  mine: string
  others: string
  everybody: string
  keys: string
  keysNote: string
  roles: Record<Role, { name: string; about: string; tasks: readonly Task[] }>
  common: readonly Task[]
}

export const vi: HelpText = {
  title: 'Hướng dẫn sử dụng',
  note: 'Viết theo vai trò: phần của bạn đứng trước. Mỗi việc nêu các bước làm và trang để làm.',
  mine: 'Việc của bạn',
  others: 'Việc của các vai trò khác',
  everybody: 'Điều mọi người cần biết',
  keys: 'Phím tắt',
  keysNote: 'Bấm phím ? ở bất kỳ trang nào để xem các phím dùng được ở đó; Ctrl K mở ô tìm kiếm.',
  roles: {
    'receiving-officer': {
      name: 'Công chức tiếp nhận và trả kết quả',
      about: 'Tiếp nhận hồ sơ, hướng dẫn bổ sung, chuyển xử lý, thu phí và trả kết quả tại Bộ phận Một cửa.',
      tasks: [
        {
          title: 'Tiếp nhận một hồ sơ',
          steps: [
            'Quét mã QR trên thẻ căn cước vào ô Số định danh, hoặc gõ 12 số. Người đã từng nộp hồ sơ sẽ được gợi ý; bấm để điền sẵn.',
            'Gõ tên thủ tục bằng lời thường ngày, không cần dấu; chọn trường hợp nếu thủ tục có nhiều trường hợp.',
            'Đánh dấu giấy tờ đã nhận, loại bản và số lượng. Ngày hẹn trả và phí hiện ngay ở bên phải, kèm cách tính.',
            'Bấm Tiếp nhận (Ctrl Enter), rồi in giấy tiếp nhận. Thiếu giấy tờ thì bấm Yêu cầu bổ sung; không thuộc thẩm quyền thì bấm Từ chối tiếp nhận: phiếu tương ứng được lập.',
          ],
          to: '/tiep-nhan',
          link: 'Mở trang Tiếp nhận',
        },
        {
          title: 'Nhận hồ sơ trực tuyến và chuyển xử lý',
          steps: [
            'Hồ sơ trực tuyến phải được tiếp nhận hoặc yêu cầu bổ sung trong 08 giờ làm việc; việc sắp hết hạn đứng đầu danh sách.',
            'Mở hồ sơ, kiểm tra giấy tờ, bấm Tiếp nhận rồi Chuyển xử lý. Hồ sơ nhận sau 15 giờ được chuyển chậm nhất sáng ngày làm việc sau.',
          ],
          to: '/ho-so?whose=unit',
          link: 'Mở việc của bộ phận',
        },
        {
          title: 'Hồ sơ thuộc thẩm quyền xã khác (phi địa giới)',
          steps: [
            'Khi thủ tục nhận không phụ thuộc địa giới, chọn cơ quan giải quyết ở mục Thủ tục. Hồ sơ được ghi nhận tại đây và chuyển đến cơ quan đó tiếp nhận.',
            'Bộ phận Một cửa nơi nộp vẫn thu phí, nhận bổ sung và trả kết quả cho người dân.',
          ],
        },
        {
          title: 'Trả kết quả',
          steps: [
            'Tìm hồ sơ bằng mã trên giấy tiếp nhận (quét được), họ tên, số định danh hoặc điện thoại.',
            'Thu phần phí còn thiếu, rồi bấm Trả kết quả và chọn người nhận.',
          ],
          to: '/tra-cuu',
          link: 'Mở trang Tra cứu',
        },
      ],
    },
    specialist: {
      name: 'Công chức chuyên môn',
      about: 'Thẩm định hồ sơ được chuyển đến bộ phận, yêu cầu bổ sung, lấy ý kiến, dự thảo kết quả.',
      tasks: [
        {
          title: 'Nhận và giải quyết hồ sơ',
          steps: [
            'Danh sách xếp theo hạn: đến hạn trước đứng trước. Bấm Nhận việc để đồng nghiệp biết bạn đang giữ.',
            'Mở hồ sơ, đọc giấy tờ, đính dự thảo kết quả và ý kiến khi bấm Hoàn thành bước. Hồ sơ chuyển đến người ký.',
          ],
          to: '/ho-so',
          link: 'Mở việc đang chờ',
        },
        {
          title: 'Yêu cầu bổ sung',
          steps: [
            'Đánh dấu từng giấy tờ, ghi rõ nội dung và lý do. Phiếu yêu cầu bổ sung được lập, thời hạn tạm dừng.',
            'Trong quá trình giải quyết chỉ được yêu cầu một lần; người nộp có 15 ngày. Quá hạn thì kết thúc hồ sơ.',
          ],
        },
        {
          title: 'Lấy ý kiến, chuyển cơ quan khác',
          steps: [
            'Lấy ý kiến: chọn bộ phận và ngày phải trả lời; thời hạn giải quyết vẫn tính.',
            'Nghĩa vụ tài chính: ghi số tiền và hạn nộp; thời gian chờ nộp không tính vào thời hạn.',
          ],
        },
      ],
    },
    leader: {
      name: 'Lãnh đạo',
      about: 'Ký kết quả, phân công, xin lỗi và gia hạn, theo dõi hồ sơ quá hạn.',
      tasks: [
        {
          title: 'Bắt đầu ngày làm việc',
          steps: [
            'Trang Đầu ngày cho biết việc quá hạn, đến hạn hôm nay, chờ ký, và ai đang giữ. Mỗi con số mở ra danh sách của nó.',
            'Hồ sơ quá hạn chưa có văn bản xin lỗi được đếm riêng: mở ra và lập văn bản ngay.',
          ],
          to: '/dau-ngay',
          link: 'Mở trang Đầu ngày',
        },
        {
          title: 'Ký kết quả',
          steps: [
            'Mở hồ sơ ở mục Chờ ký duyệt, đọc dự thảo, bấm Ký kết quả. Đính bản đã ký nếu có; văn thư ghi số ở bước sau.',
            'Từ chối giải quyết phải nêu lý do và căn cứ. Người đã tiếp nhận hồ sơ không được ký kết quả của hồ sơ đó.',
          ],
          to: '/ho-so?whose=agency&kind=sign',
          link: 'Mở việc chờ ký',
        },
        {
          title: 'Xin lỗi, gia hạn, phân công',
          steps: [
            'Dự kiến chậm: Xin lỗi và gia hạn, một lần, trước hạn ít nhất 01 ngày. Đã quá hạn: Xin lỗi và hẹn lại; hồ sơ vẫn tính là quá hạn.',
            'Người phụ trách vắng mặt: Phân công từng hồ sơ, hoặc bàn giao tất cả việc của người đó.',
          ],
          to: '/ban-giao-viec',
          link: 'Mở trang Bàn giao công việc',
        },
      ],
    },
    clerk: {
      name: 'Văn thư',
      about: 'Vào sổ, ghi số, đóng dấu, phát hành kết quả đã ký.',
      tasks: [
        {
          title: 'Vào sổ và phát hành',
          steps: [
            'Kết quả đã ký hiện trong Việc đang chờ của bộ phận. Mở hồ sơ, bấm Hoàn thành bước và ghi số văn bản.',
            'Hồ sơ chuyển về Bộ phận Một cửa để trả cho người dân.',
          ],
          to: '/ho-so',
          link: 'Mở việc đang chờ',
        },
        {
          title: 'In sổ theo dõi',
          steps: ['Chọn cơ quan và khoảng thời gian, rồi In sổ (PDF) theo mẫu hoặc Tải Excel.'],
          to: '/so',
          link: 'Mở sổ theo dõi',
        },
      ],
    },
    'agency-admin': {
      name: 'Quản trị cơ quan',
      about: 'Giữ cho danh sách cán bộ, bộ phận, lịch làm việc và quy trình của cơ quan luôn đúng.',
      tasks: [
        {
          title: 'Cán bộ, vị trí, tài khoản',
          steps: [
            'Thêm cán bộ, giao vị trí (bộ phận, vai trò, từ ngày, đến ngày), rồi gửi liên kết đặt mật khẩu.',
            'Quyền đi theo vị trí. Khi người đổi việc: kết thúc vị trí cũ, thêm vị trí mới; lịch sử được giữ.',
          ],
          to: '/nhan-su',
          link: 'Mở danh sách cán bộ',
        },
        {
          title: 'Ngày nghỉ và giờ làm việc',
          steps: [
            'Ghi ngày nghỉ, làm bù cùng văn bản quy định. Hệ thống cho biết bao nhiêu hồ sơ đổi hạn.',
            'Vào Tính lại hạn trả để xem từng hồ sơ và áp dụng; hạn không tự đổi.',
          ],
          to: '/lich-lam-viec',
          link: 'Mở lịch làm việc',
        },
        {
          title: 'Thủ tục và quy trình nội bộ',
          steps: [
            'Mỗi thủ tục có sẵn một quy trình suy ra từ thời hạn. Muốn khác: Sửa quy trình; tổng thời gian không vượt thời hạn của pháp luật.',
            'Hồ sơ đang giải quyết giữ phiên bản thủ tục và quy trình của nó.',
          ],
          to: '/quy-trinh',
          link: 'Mở quy trình nội bộ',
        },
        {
          title: 'Ủy quyền, vắng mặt, bàn giao',
          steps: [
            'Ủy quyền giao một vị trí cho người khác trong một thời gian; việc làm khi được ủy quyền ghi rõ thay cho ai.',
            'Bàn giao công việc chuyển mọi việc đang mở của người vắng mặt.',
          ],
          to: '/uy-quyen',
          link: 'Mở Ủy quyền',
        },
      ],
    },
    supervisor: {
      name: 'Giám sát cấp trên',
      about: 'Theo dõi các cơ quan trực thuộc: hồ sơ quá hạn, văn bản xin lỗi, ai đang giữ.',
      tasks: [
        {
          title: 'Theo dõi các cơ quan',
          steps: [
            'Trang Đầu ngày liệt kê các cơ quan có việc đang mở, cơ quan có nhiều việc quá hạn đứng trước; mở từng cơ quan để xem chi tiết.',
            'Sổ hồ sơ quá hạn cho biết hồ sơ nào chưa có văn bản xin lỗi.',
          ],
          to: '/dau-ngay',
          link: 'Mở trang Đầu ngày',
        },
      ],
    },
    auditor: {
      name: 'Kiểm tra, kiểm toán',
      about: 'Xem nhật ký truy cập và hồ sơ để kiểm tra; không thay đổi gì.',
      tasks: [
        {
          title: 'Xem nhật ký',
          steps: [
            'Nhật ký truy cập ghi đăng nhập, đặt lại mật khẩu và mỗi lần xem số định danh đầy đủ, kèm lý do.',
            'Diễn biến của từng hồ sơ là nhật ký chỉ thêm, không sửa, không xóa; quản trị hệ thống kiểm tra bằng lệnh motcua verify-log.',
          ],
          to: '/nhat-ky-truy-cap',
          link: 'Mở nhật ký truy cập',
        },
      ],
    },
    'system-admin': {
      name: 'Quản trị hệ thống',
      about: 'Cơ quan, danh mục thủ tục, lịch cả nước, tài khoản quản trị và vận hành.',
      tasks: [
        {
          title: 'Cây cơ quan',
          steps: [
            'Lập cơ quan, đổi tên, sáp nhập với ngày hiệu lực; đơn vị cũ giữ lịch sử, đơn vị mới trả lời cho hồ sơ cũ.',
          ],
          to: '/co-quan',
          link: 'Mở Cơ quan',
        },
        {
          title: 'Danh mục thủ tục',
          steps: [
            'Nhập từ Excel hoặc JSON: hệ thống cho xem trước từng dòng chưa đọc được. Mỗi thay đổi là một phiên bản mới có ngày hiệu lực.',
          ],
          to: '/thu-tuc',
          link: 'Mở danh mục thủ tục',
        },
        {
          title: 'Sao lưu và kiểm tra',
          steps: [
            'Sao lưu ba thư mục database, files, keys; giữ keys riêng với hai thư mục kia. Dừng hệ thống trước khi chép cơ sở dữ liệu nhúng.',
            'Chạy motcua verify-log định kỳ để phát hiện việc sửa, chèn, cắt bớt nhật ký.',
          ],
        },
      ],
    },
  },
  common: [
    {
      title: 'Màu và chữ',
      steps: [
        'Đỏ kèm dấu cảnh báo: quá hạn. Vàng: đến hạn hôm nay. Xanh dương: chờ người nộp. Không màu: trong hạn, bình thường.',
        'Nút đỏ đậm là việc đúng tiếp theo. Việc chưa làm được vẫn hiện, kèm lý do và điều cần làm.',
      ],
    },
    {
      title: 'Vì sao là ngày hẹn này?',
      steps: [
        'Trong mỗi hồ sơ, mục Vì sao là ngày này? kể từng ngày được tính hay không, theo quy định và văn bản nào; in được.',
      ],
    },
    {
      title: 'Dữ liệu cá nhân',
      steps: [
        'Số định danh được che; xem đầy đủ phải nêu lý do và được ghi lại. Rời máy thì khóa màn hình; phần đang nhập vẫn còn.',
        'Quên mật khẩu: nhờ quản trị cơ quan cấp liên kết đặt lại.',
      ],
      to: '/tai-khoan',
      link: 'Mở tài khoản của tôi',
    },
  ],
}
