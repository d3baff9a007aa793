import type { Instant } from '../../platform/day.ts'
import { printTemplate } from '../../documents/index.ts'
import type { Printed } from './rules/printed.ts'

/** The paper as PDF/A-1b; the same paper of the same moment gives the same bytes. */
export function writePdf(paper: Printed, issuedAt: Instant): Promise<Buffer> {
  const { title, head, recipients, ...rest } = paper
  return printTemplate('reports/report', {
    ...rest,
    head,
    heading: title,
    title: `${title} ${paper.subject.replaceAll('\n', ' ')}`,
    author: head.agency.replaceAll('\n', ' '),
    recipients: recipients.map(
      (line, index) => line.replace(/[\s;.]*$/u, '') + (index === recipients.length - 1 ? '.' : ';'),
    ),
    issuedAt,
  })
}
