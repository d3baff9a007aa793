import './help.css'
import { PageHeader, PageLink, Section, useMe, useText } from '../../platform/web/index.ts'
import type { Role } from '../../staff/index.ts'
import { en } from './text.en.ts'
import { type HelpText, type Task, vi } from './text.vi.ts'

/** What each role does and how; the roles of whoever reads it come first. */
export function HelpPage() {
  const text = useText<HelpText>({ vi, en })
  const held = new Set(useMe().posts.map(({ role }) => role))
  const roles = Object.entries(text.roles).map(([role, content]) => ({ role: role as Role, ...content }))
  const mine = roles.filter(({ role }) => held.has(role))
  const others = roles.filter(({ role }) => !held.has(role))
  return (
    <div className="help">
      <PageHeader title={text.title} note={text.note} />
      {mine.map(({ role, name, about, tasks }) => (
        <Section key={role} title={`${text.mine}: ${name}`}>
          <p>{about}</p>
          <Tasks tasks={tasks} links />
        </Section>
      ))}
      <Section title={text.everybody}>
        <Tasks tasks={[...text.common, { title: text.keys, steps: [text.keysNote] }]} links list="ul" />
      </Section>
      <Section title={text.others}>
        {others.map(({ role, name, about, tasks }) => (
          <details key={role} className="help-role">
            <summary>{name}</summary>
            <p>{about}</p>
            <Tasks tasks={tasks} links={false} />
          </details>
        ))}
      </Section>
    </div>
  )
}

/** Pages of another role may not be open to the reader: its work is told without links. */
function Tasks({
  tasks,
  links,
  list: List = 'ol',
}: {
  tasks: readonly Task[]
  links: boolean
  /** Steps come one after the other, facts beside each other. */
  list?: 'ol' | 'ul'
}) {
  return tasks.map(({ title, steps, to, link }) => (
    <div key={title} className="help-task">
      <h3>{title}</h3>
      {steps.length === 1 ? (
        <p>{steps[0]}</p>
      ) : (
        <List>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </List>
      )}
      {links && to && link && (
        <p>
          <PageLink to={to}>{link}</PageLink>
        </p>
      )}
    </div>
  ))
}
