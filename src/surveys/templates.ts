import type { Option, Question, Questionnaire } from './contract.ts'

const words = (vi: string, en: string) => ({ vi, en })
const options = (...lines: [key: string, vi: string, en: string, score?: number, positive?: boolean][]): Option[] =>
  lines.map(([key, vi, en, score, positive]) => ({
    key,
    text: words(vi, en),
    ...(score === undefined ? {} : { score }),
    ...(positive === undefined ? {} : { positive }),
  }))

/**
 * The nine questions that xã Thiện Hưng asked in 2023 after each result, as its report tells them. The report names only
 * the answers that were given; the lower ends of the scales are ours.
 */
const commune: Questionnaire = {
  title: words(
    'Khảo sát sự hài lòng của người dân, tổ chức trong giải quyết thủ tục hành chính',
    'Survey of satisfaction with administrative procedures',
  ),
  intro: words(
    'Phiếu có 9 câu, mất khoảng 2 phút. Bạn không phải ghi tên; câu nào không muốn trả lời thì bỏ qua.',
    'Nine questions, about two minutes. No name is asked; leave out what you do not want to answer.',
  ),
  factors: [],
  overall: 'q9',
  questions: [
    {
      key: 'q1',
      kind: 'single',
      text: words(
        'Bạn tìm hiểu thông tin để giải quyết hồ sơ chủ yếu qua đâu?',
        'How did you mainly learn what you needed for your dossier?',
      ),
      options: options(
        ['officer', 'Công chức hướng dẫn', 'An officer explained it'],
        ['board', 'Đọc bảng niêm yết tại nơi tiếp nhận hồ sơ', 'The notice board at the reception'],
        ['media', 'Phương tiện thông tin đại chúng', 'The media'],
        ['acquaintance', 'Nhờ người quen hướng dẫn', 'An acquaintance'],
      ),
    },
    {
      key: 'q2',
      kind: 'single',
      text: words(
        'Việc hướng dẫn, niêm yết thông tin ở Bộ phận tiếp nhận và trả kết quả như thế nào?',
        'How good were guidance and posted information at the one-stop office?',
      ),
      options: options(
        ['very-good', 'Rất tốt', 'Very good', 4, true],
        ['good', 'Tốt', 'Good', 3, true],
        ['fair', 'Trung bình', 'Fair', 2, false],
        ['poor', 'Kém', 'Poor', 1, false],
      ),
    },
    {
      key: 'q3',
      kind: 'single',
      text: words('Thái độ phục vụ của công chức như thế nào?', 'How did the officers treat you?'),
      options: options(
        ['very-good', 'Rất tốt', 'Very good', 4, true],
        ['good', 'Tốt', 'Good', 3, true],
        ['fair', 'Trung bình', 'Fair', 2, false],
        ['poor', 'Kém', 'Poor', 1, false],
      ),
    },
    {
      key: 'q4',
      kind: 'single',
      text: words(
        'Các hồ sơ, giấy tờ, biểu mẫu để thực hiện thủ tục như thế nào?',
        'How simple were the papers and forms?',
      ),
      options: options(
        ['very-simple', 'Rất gọn', 'Very simple', 4, true],
        ['simple', 'Gọn', 'Simple', 3, true],
        ['fair', 'Trung bình', 'Fair', 2, false],
        ['complicated', 'Rườm rà', 'Complicated', 1, false],
      ),
    },
    {
      key: 'q5',
      kind: 'single',
      text: words('Thời gian giải quyết hồ sơ như thế nào?', 'How fast was your dossier handled?'),
      options: options(
        ['very-fast', 'Rất nhanh', 'Very fast', 4, true],
        ['fast', 'Nhanh', 'Fast', 3, true],
        ['fair', 'Trung bình', 'Fair', 2, false],
        ['slow', 'Chậm', 'Slow', 1, false],
      ),
    },
    {
      key: 'q6',
      kind: 'single',
      text: words(
        'Chất lượng các thiết bị phục vụ (bàn ghế chờ, giấy, bút, nước uống) như thế nào?',
        'How good were the furnishings (seats, paper, pens, water)?',
      ),
      options: options(
        ['very-good', 'Rất tốt', 'Very good', 4, true],
        ['good', 'Tốt', 'Good', 3, true],
        ['fair', 'Trung bình', 'Fair', 2, false],
        ['poor', 'Kém', 'Poor', 1, false],
      ),
    },
    {
      key: 'q7',
      kind: 'yes-no',
      text: words(
        'Bạn có phải bổ sung giấy tờ ngoài quy định hoặc trả thêm khoản phí nào khác không?',
        'Were you asked for papers or payments beyond the rules?',
      ),
      options: options(['no', 'Không', 'No', 1, true], ['yes', 'Có', 'Yes', 0, false]),
    },
    {
      key: 'q8',
      kind: 'single',
      text: words('Bạn nhận kết quả khi nào so với ngày hẹn?', 'When was the result ready, compared with the promise?'),
      options: options(
        ['early', 'Trước hạn', 'Early', 3, true],
        ['on-time', 'Đúng hạn', 'On time', 2, true],
        ['late', 'Trễ hạn', 'Late', 1, false],
      ),
    },
    {
      key: 'q9',
      kind: 'single',
      text: words('Nhìn chung, bạn hài lòng ở mức nào?', 'On the whole, how satisfied are you?'),
      options: options(
        ['very-satisfied', 'Rất hài lòng', 'Very satisfied', 4, true],
        ['satisfied', 'Hài lòng', 'Satisfied', 3, true],
        ['neutral', 'Bình thường', 'Neither', 2, false],
        ['dissatisfied', 'Không hài lòng', 'Dissatisfied', 1, false],
      ),
    },
  ],
}

const criterion = (factor: string, number: number, vi: string, en: string): Question => ({
  key: `${factor}-${number}`,
  kind: 'scale',
  text: words(vi, en),
  factor,
})

const fact = (key: string, text: [string, string], lines: [string, string, string][]): Question => ({
  key,
  kind: 'single',
  text: words(...text),
  options: options(...lines),
})
const personal = (key: string, text: [string, string], lines: [string, string, string][]): Question => ({
  ...fact(key, text, lines),
  personal: true,
})

/** Five factors and 22 criteria (4 + 5 + 6 + 3 + 4) of the SIPAS method; the wording is ours, not that of the ministry. */
const sipas: Questionnaire = {
  title: words(
    'Đo lường sự hài lòng về sự phục vụ hành chính (5 yếu tố, 22 tiêu chí)',
    'Satisfaction with public administrative services (5 factors, 22 criteria)',
  ),
  intro: words(
    'Mỗi nhận xét bạn cho từ 1 (rất không hài lòng) đến 5 (rất hài lòng). Bạn không phải ghi tên; câu nào không muốn trả lời thì bỏ qua.',
    'Rate each statement from 1 (very dissatisfied) to 5 (very satisfied). No name is asked; leave out what you do not want to answer.',
  ),
  factors: [
    { key: 'access', name: words('Tiếp cận dịch vụ', 'Access to the service') },
    { key: 'procedure', name: words('Thủ tục hành chính', 'Administrative procedures') },
    { key: 'officer', name: words('Công chức trực tiếp giải quyết', 'The officers in charge') },
    { key: 'result', name: words('Kết quả dịch vụ', 'The result') },
    {
      key: 'feedback',
      name: words('Tiếp nhận, giải quyết góp ý, phản ánh, kiến nghị', 'Handling of comments and petitions'),
    },
  ],
  questions: [
    fact(
      'field',
      ['Bạn vừa làm thủ tục thuộc lĩnh vực nào?', 'Which field was your procedure in?'],
      [
        ['civil-status', 'Hộ tịch, chứng thực', 'Civil status, certification'],
        ['land', 'Đất đai, xây dựng', 'Land, construction'],
        ['social', 'Lao động, người có công, xã hội', 'Labour, merit, social affairs'],
        ['business', 'Kinh doanh', 'Business'],
        ['other', 'Lĩnh vực khác', 'Another field'],
      ],
    ),
    fact(
      'source',
      ['Bạn biết về thủ tục này qua đâu?', 'How did you learn of this procedure?'],
      [
        ['officer', 'Hỏi công chức', 'From an officer'],
        ['board', 'Bảng niêm yết', 'The notice board'],
        ['internet', 'Trên mạng', 'Online'],
        ['people', 'Người quen, chính quyền thôn, tổ dân phố', 'Acquaintances, the village or neighbourhood'],
        ['other', 'Cách khác', 'Otherwise'],
      ],
    ),
    fact(
      'visits',
      ['Bạn đã đi lại bao nhiêu lần để có kết quả?', 'How many visits did it take?'],
      [
        ['none', 'Không phải đến', 'None'],
        ['1', '1 lần', 'One'],
        ['2', '2 lần', 'Two'],
        ['3', '3 lần', 'Three'],
        ['more', 'Trên 3 lần', 'More than three'],
      ],
    ),
    criterion('access', 1, 'Nơi ngồi chờ có đủ chỗ', 'There are enough seats to wait'),
    criterion('access', 2, 'Trang thiết bị phục vụ đầy đủ', 'The equipment is complete'),
    criterion('access', 3, 'Trang thiết bị phục vụ hiện đại', 'The equipment is modern'),
    criterion('access', 4, 'Trang thiết bị phục vụ dễ sử dụng', 'The equipment is easy to use'),
    criterion('procedure', 1, 'Thủ tục được niêm yết công khai đầy đủ', 'Procedures are posted completely'),
    criterion('procedure', 2, 'Thủ tục được niêm yết công khai chính xác', 'Procedures are posted correctly'),
    criterion('procedure', 3, 'Giấy tờ phải nộp đúng như quy định', 'Only the required papers are asked for'),
    criterion('procedure', 4, 'Phí, lệ phí phải nộp đúng như quy định', 'Only the set fees are charged'),
    criterion('procedure', 5, 'Thời hạn giải quyết đúng như quy định', 'The time limit is kept as set'),
    criterion('officer', 1, 'Công chức giao tiếp lịch sự', 'The officer is polite'),
    criterion('officer', 2, 'Công chức chú ý lắng nghe bạn', 'The officer listens'),
    criterion('officer', 3, 'Công chức trả lời, giải đáp đầy đủ', 'The officer answers in full'),
    criterion('officer', 4, 'Công chức hướng dẫn kê khai tận tình, chu đáo', 'The officer helps with the forms'),
    criterion('officer', 5, 'Công chức hướng dẫn dễ hiểu', 'The guidance is easy to understand'),
    criterion('officer', 6, 'Công chức làm đúng quy định', 'The officer keeps to the rules'),
    criterion('result', 1, 'Kết quả bạn nhận được đúng quy định', 'The result is as the rules say'),
    criterion('result', 2, 'Kết quả có thông tin đầy đủ', 'The result is complete'),
    criterion('result', 3, 'Kết quả có thông tin chính xác', 'The result is correct'),
    criterion('feedback', 1, 'Cơ quan có nơi, có cách để bạn góp ý, phản ánh', 'There are ways to comment'),
    criterion('feedback', 2, 'Bạn góp ý, phản ánh dễ dàng', 'It is easy to comment'),
    criterion('feedback', 3, 'Cơ quan tiếp nhận, xử lý góp ý tích cực', 'Comments are taken up actively'),
    criterion('feedback', 4, 'Cơ quan báo kết quả xử lý góp ý kịp thời', 'You are told in time what became of them'),
    fact(
      'trouble',
      ['Có công chức nào gây phiền hà, sách nhiễu bạn không?', 'Did an officer harass or hinder you?'],
      [
        ['no', 'Không', 'No'],
        ['yes', 'Có', 'Yes'],
      ],
    ),
    fact(
      'extra',
      ['Bạn có phải nộp khoản tiền nào ngoài quy định không?', 'Did you pay anything beyond the rules?'],
      [
        ['no', 'Không', 'No'],
        ['yes', 'Có', 'Yes'],
      ],
    ),
    fact(
      'late',
      ['Kết quả có bị trễ hẹn không?', 'Was the result late?'],
      [
        ['no', 'Không', 'No'],
        ['yes', 'Có', 'Yes'],
      ],
    ),
    {
      ...fact(
        'apology',
        ['Khi trễ hẹn, cơ quan có xin lỗi và báo lý do không?', 'Were you told why, with an apology?'],
        [
          ['both', 'Có xin lỗi và báo lý do', 'Yes, both'],
          ['part', 'Chỉ báo lý do', 'Only told why'],
          ['none', 'Không', 'No'],
        ],
      ),
      when: { question: 'late', options: ['yes'] },
    },
    {
      key: 'wishes',
      kind: 'several',
      text: words(
        'Bạn mong cơ quan cải thiện điều gì nhất? (chọn nhiều)',
        'What should be improved first? (several answers)',
      ),
      options: options(
        ['fewer-papers', 'Bớt giấy tờ', 'Fewer papers'],
        ['faster', 'Giải quyết nhanh hơn', 'Faster handling'],
        ['online', 'Nộp qua mạng dễ hơn', 'Easier filing online'],
        ['attitude', 'Thái độ phục vụ', 'Friendlier service'],
        ['guidance', 'Hướng dẫn dễ hiểu hơn', 'Clearer guidance'],
        ['fees', 'Công khai phí, lệ phí', 'Clearer fees'],
      ),
    },
    {
      key: 'words',
      kind: 'text',
      text: words('Bạn muốn góp ý thêm điều gì?', 'Is there anything you would like to add?'),
    },
    personal(
      'sex',
      ['Giới tính', 'Sex'],
      [
        ['male', 'Nam', 'Male'],
        ['female', 'Nữ', 'Female'],
      ],
    ),
    personal(
      'age',
      ['Nhóm tuổi', 'Age'],
      [
        ['under-25', 'Dưới 25', 'Under 25'],
        ['25-34', '25–34', '25–34'],
        ['35-49', '35–49', '35–49'],
        ['50-60', '50–60', '50–60'],
        ['over-60', 'Trên 60', 'Over 60'],
      ],
    ),
    personal(
      'school',
      ['Học vấn', 'Schooling'],
      [
        ['primary', 'Tiểu học hoặc chưa đi học', 'Primary school or none'],
        ['lower', 'Trung học cơ sở', 'Lower secondary school'],
        ['upper', 'Trung học phổ thông', 'Upper secondary school'],
        ['vocational', 'Trung cấp, cao đẳng, đại học', 'Vocational school, college, university'],
        ['graduate', 'Sau đại học', 'Postgraduate'],
      ],
    ),
    personal(
      'work',
      ['Nghề nghiệp', 'Occupation'],
      [
        ['home', 'Nội trợ, lao động tự do, làm nông', 'Household, freelance, farming'],
        ['retired', 'Nghỉ hưu', 'Retired'],
        ['student', 'Học sinh, sinh viên', 'Pupil, student'],
        ['company', 'Làm việc ở doanh nghiệp, kinh doanh', 'Company, business'],
        ['public', 'Cán bộ, công chức, viên chức, lực lượng vũ trang', 'Public service, armed forces'],
        ['other', 'Khác', 'Other'],
      ],
    ),
    personal(
      'home',
      ['Nơi ở', 'Home'],
      [
        ['city', 'Đô thị', 'Town'],
        ['country', 'Nông thôn', 'Countryside'],
        ['mountain', 'Miền núi, vùng sâu, vùng xa', 'Mountains, remote area'],
        ['island', 'Hải đảo', 'Island'],
      ],
    ),
  ],
}

/** One question after each dossier, with a second one for whoever is not content. */
const rating: Questionnaire = {
  title: words('Đánh giá sau khi nhận kết quả', 'Your rating of this dossier'),
  intro: words('Bạn chỉ mất vài giây. Bạn không phải ghi tên.', 'It takes a few seconds. No name is asked.'),
  factors: [],
  overall: 'overall',
  questions: [
    {
      key: 'overall',
      kind: 'single',
      text: words('Bạn có hài lòng với lần làm thủ tục này không?', 'Are you satisfied with how it went?'),
      options: options(
        ['very-satisfied', 'Rất hài lòng', 'Very satisfied', 4, true],
        ['satisfied', 'Hài lòng', 'Satisfied', 3, true],
        ['neutral', 'Bình thường', 'Neither', 2, false],
        ['dissatisfied', 'Không hài lòng', 'Dissatisfied', 1, false],
      ),
    },
    {
      key: 'reasons',
      kind: 'several',
      text: words('Điều gì làm bạn chưa hài lòng? (chọn nhiều)', 'What was not good? (several answers)'),
      options: options(
        ['time', 'Thời gian giải quyết', 'The time it took'],
        ['attitude', 'Thái độ phục vụ', 'How I was treated'],
        ['papers', 'Giấy tờ phải nộp', 'The papers asked for'],
        ['guidance', 'Hướng dẫn khó hiểu', 'Unclear guidance'],
        ['place', 'Nơi chờ, thiết bị', 'Waiting room, equipment'],
        ['fees', 'Phí, lệ phí', 'Fees'],
      ),
      when: { question: 'overall', options: ['neutral', 'dissatisfied'] },
    },
    {
      key: 'words',
      kind: 'text',
      text: words('Bạn muốn góp ý thêm điều gì?', 'Is there anything you would like to add?'),
    },
  ],
}

/** What a campaign may begin with. */
export const templates: Readonly<Record<string, Questionnaire>> = { commune, sipas, rating }
export const templateOf = (key: string): Questionnaire | undefined =>
  Object.hasOwn(templates, key) ? templates[key] : undefined
