import { randomUUID } from 'node:crypto'
import type { Intake } from './commands.ts'
import type { Sender, Story } from './contract.ts'

export const aStory = (change: Partial<Story> = {}): Story => ({
  happened: 'Cán bộ ở quầy số 2 bắt tôi đi lại ba lần để nộp khai sinh cho con, mỗi lần một lý do.',
  wish: 'Giải quyết đúng hẹn và xin lỗi.',
  happenedOn: null,
  placeCode: null,
  placeName: 'Xã Mẫu, Tỉnh Mẫu',
  placeDetail: 'Bộ phận Một cửa',
  coordinates: null,
  about: 'behaviour',
  concerns: 'Cán bộ quầy số 2',
  dossierCode: null,
  procedureCode: null,
  procedureName: '',
  ...change,
})

export const aSender = (change: Partial<Sender> = {}): Sender => ({
  kind: 'individual',
  name: 'Nguyễn Thị Bình',
  phone: '0912 345 678',
  email: 'binh@vidu.vn',
  address: 'Số nhà 12, thôn Đông',
  identityNumber: '',
  hidesName: true,
  ...change,
})

export const aPetition = (agencyId: number, change: Partial<Intake> = {}): Intake => ({
  agencyId,
  commandId: randomUUID(),
  channel: 'web',
  reference: '',
  story: aStory(),
  sender: aSender(),
  restricted: false,
  ...change,
})
