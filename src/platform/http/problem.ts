import type { FastifyReply, FastifyRequest } from 'fastify'
import { errorPage } from './error-page.ts'

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

declare module 'fastify' {
  interface FastifyInstance {
    /** How people in a browser are told that something is not there or went wrong; set by whoever has public pages. */
    faultPages: { send?: (reply: FastifyReply, status: number, problem: Problem) => Promise<FastifyReply> }
  }
}

/** By the route that answers, since the same address can be written in many ways (`/%61pi/…`); by what was asked where none does. */
export const isApi = (request: FastifyRequest): boolean =>
  /^\/api(\/|\?|$)/.test(request.is404 ? request.url : (request.routeOptions?.url ?? request.url))

const wantsPage = (request: FastifyRequest): boolean =>
  !isApi(request) && (request.headers.accept ?? '').includes('text/html')

/** The only place where refusals become HTTP: application/problem+json for programs, a page for people in a browser. */
export function sendProblem(reply: FastifyReply, status: number, problem: Problem): FastifyReply {
  if (wantsPage(reply.request)) {
    void sendFaultPage(reply, status, problem)
    return reply
  }
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

async function sendFaultPage(reply: FastifyReply, status: number, problem: Problem): Promise<void> {
  const { faultPages } = reply.server
  try {
    if (faultPages.send) return void (await faultPages.send(reply, status, problem))
  } catch {
    // What is broken may be what the page is drawn from, e.g. the database; a bare page needs nothing.
  }
  const page = errorPage({ title: titles[status] ?? 'Không thực hiện được yêu cầu', detail: problem.detail })
  reply.code(status).type('text/html; charset=utf-8').send(page)
}
