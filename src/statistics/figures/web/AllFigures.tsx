import { Fragment } from 'react'
import { Section, useFormat } from '../../../platform/web/index.ts'
import type { FigureId } from '../contract.ts'
import { useChange } from './Balance.tsx'
import { allFigures, partsOf, type Values, valueOf } from './figures-view.ts'
import { NumberLink } from './NumberLink.tsx'
import type { OpenedOf } from './opened-view.ts'
import { useCellKeys } from './use-cell-keys.ts'
import { useFiguresText, usePageText } from './use-figures-text.ts'

const parts: ReadonlySet<FigureId> = new Set(Object.values(partsOf).flat())

/** Every figure that is counted, beside the period that it is compared with. */
export function AllFigures({
  values,
  before,
}: {
  values: Values
  before: { of: OpenedOf; values: Values; name: string } | null
}) {
  const text = usePageText()
  const { figures, meanings } = useFiguresText()
  const said = useChange()
  const format = useFormat()
  const cells = useCellKeys<HTMLTableElement>()
  const columns = before ? 4 : 2
  return (
    <Section title={text.all.title}>
      <div className="f-scroll">
        <table ref={cells} className="f-table f-all" aria-label={text.all.title}>
          <thead>
            <tr>
              <th scope="col">{text.all.figure}</th>
              <th scope="col" data-number="">
                {text.all.now}
              </th>
              {before && (
                <>
                  <th scope="col" data-number="">
                    {before.name}
                  </th>
                  <th scope="col" data-number="">
                    {text.all.change}
                  </th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {allFigures.map(({ group, figures: members }) => (
              <Fragment key={group}>
                <tr data-head="">
                  <th scope="rowgroup" colSpan={columns}>
                    {text.lines.groups[group as keyof typeof text.lines.groups]}
                  </th>
                </tr>
                {members.map((figure) => {
                  const now = valueOf(values, figure)
                  return (
                    <tr key={figure} data-part={parts.has(figure) ? '' : undefined}>
                      <th scope="row" title={meanings[figure]}>
                        {figures[figure]}
                      </th>
                      <td data-number="">
                        <NumberLink figure={figure} value={now} cell />
                      </td>
                      {before && (
                        <>
                          <td data-number="">
                            <NumberLink
                              figure={figure}
                              value={valueOf(before.values, figure)}
                              of={before.of}
                              where={before.name}
                              cell
                            />
                          </td>
                          <td data-number="" className="k-dimmed">
                            {now === 0 && valueOf(before.values, figure) === 0
                              ? format.number(0)
                              : said(now, valueOf(before.values, figure))}
                          </td>
                        </>
                      )}
                    </tr>
                  )
                })}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
