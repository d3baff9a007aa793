import type { Context } from '../../platform/context.ts'
import { sendProblem } from '../../platform/http/problem.ts'
import type { Http } from '../../platform/http/route.ts'
import { answerOf } from './answer.ts'
import { checkFile, MOST_BYTES } from './check-file.ts'
import { CheckAnswer } from './contract.ts'
import { vi } from './text.vi.ts'

/** Checks a report that somebody sends; nothing of it is kept. */
export function checkerRoutes(http: Http, { log }: Pick<Context, 'log'>): void {
  http.post(
    '/api/reports/check',
    {
      config: { permission: 'report.read' },
      schema: {
        tags: ['checker'],
        summary: 'Kiểm tra số liệu của một báo cáo (.docx, .xlsx, .pdf, .html, .md, .txt); tệp không được lưu lại',
        consumes: ['multipart/form-data'],
        response: { 200: CheckAnswer },
      },
    },
    async (request, reply) => {
      const file = request.isMultipart()
        ? await request.file({ limits: { fileSize: MOST_BYTES, files: 1 } })
        : undefined
      if (!file) return sendProblem(reply, 400, { code: 'file-missing', detail: vi.fileMissing })
      const bytes = await file.toBuffer()
      const started = performance.now()
      const result = await checkFile(bytes, file.filename)
      if (!result.ok) {
        const { code } = result.refusal
        return sendProblem(reply, code === 'busy' ? 503 : 422, { code, detail: vi.unreadable[code] })
      }
      const { checked, findings } = result.value
      log.info({
        what: 'report-checked',
        bytes: bytes.length,
        checked,
        findings: findings.length,
        ms: Math.round(performance.now() - started),
      })
      return answerOf(result.value)
    },
  )
}
