import type { FastifyReply } from 'fastify'

/** Why a request was refused, in the words of the person who asked. RFC 9457 with our code and the Vietnamese text. */
export type Problem = {
  /** Kebab-case, stable, for programs. */
  code: string
  /** Vietnamese, for people: what happened, what was kept, what to do. */
  detail: string
  /** Fields at fault, as JSON pointers, with their Vietnamese message. */
  errors?: readonly { pointer: string; detail: string }[]
  /** Facts that a screen needs to explain itself, e.g. who changed the dossier meanwhile. */
  [fact: string]: unknown
}

const titles: Record<number, string> = {
  400: 'Yêu cầu không hợp lệ',
  401: 'Chưa đăng nhập',
  403: 'Không được phép',
  404: 'Không tìm thấy',
  409: 'Không thực hiện được lúc này',
  413: 'Dữ liệu quá lớn',
  415: 'Loại dữ liệu không nhận',
  422: 'Dữ liệu không hợp lệ',
  423: 'Phiên làm việc đã khóa',
  429: 'Quá nhiều yêu cầu',
  500: 'Lỗi hệ thống',
  503: 'Chưa sẵn sàng',
  507: 'Hết chỗ lưu trữ',
}

/** Sends an application/problem+json reply. The only place where refusals become HTTP. */
export function sendProblem(reply: FastifyReply, status: number, problem: Problem): FastifyReply {
  return reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .send({ type: `about:blank#${problem.code}`, title: titles[status] ?? 'Lỗi', status, ...problem })
}

/** The same answer for what is not there and for what is not yours, on purpose. */
export const sendNotFound = (reply: FastifyReply): FastifyReply =>
  sendProblem(reply, 404, {
    code: 'not-found',
    detail: 'Không tìm thấy nội dung này, hoặc nội dung không thuộc phạm vi của bạn.',
  })
