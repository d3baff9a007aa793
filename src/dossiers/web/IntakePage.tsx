import './intake.css'
import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import type { ProcedureVersion } from '../../catalogue/contract.ts'
import { dayOf } from '../../platform/day.ts'
import {
  type ApiProblem,
  EmptyState,
  Icon,
  KeyHint,
  PageHeader,
  ProblemAlert,
  Section,
  serverNow,
  Slot,
  useApi,
  useDraft,
  useMe,
  useShortcut,
} from '../../platform/web/index.ts'
import type { CommandReply, DeskView, IntakeBody, IntakePreview, NoticeWay } from '../contract.ts'
import { word } from '../text.vi.ts'
import { rememberDesk, rememberedDesk } from './desk-memory.ts'
import {
  allGiven,
  caseIn,
  channelOf,
  type DeskForm,
  emptyIntake,
  type FieldProblem,
  type IntakeForm,
  isComplete,
  isEmptyIntake,
  isOffered,
  missingPapers,
  paperLines,
  pointOf,
  problemsOf,
  samePersons,
  toIntake,
} from './intake-view.ts'
import { type Ending, IntakeAside } from './IntakeAside.tsx'
import { IntakeDone } from './IntakeDone.tsx'
import { DeskLine, FeeFields, Persons, ResultFields, WhatFields } from './IntakeFields.tsx'
import { IntakePapers } from './IntakePapers.tsx'
import { reachedAmong } from '../rules/notice-line.ts'
import { citationOf } from '../rules/citation.ts'
import { emptySlip, IntakeSlip, type SlipForm } from './IntakeSlip.tsx'
import { useAnswer } from './use-answer.ts'
import { useDossierText, useRefusals } from './use-dossier-text.ts'
import { useTakeIn } from './use-take-in.ts'

const emptyDesk: DeskForm = { agencyId: null, receivingPointId: null, way: 'counter' }

/** One page in the order of the conversation: who, what, which papers, how and when the result. */
export function IntakePage() {
  const { intake: text, desk: words } = useDossierText()
  const reply = useApi<DeskView>('/api/desk?for=intake')
  const { officerId } = useMe()
  const [desk, setDesk] = useDraft<DeskForm>('intake-desk', { ...emptyDesk, ...rememberedDesk(officerId) })
  const sitAt = (next: DeskForm) => {
    setDesk(next)
    rememberDesk(officerId, next)
  }
  const agency = reply.data?.agencies.find(({ agencyId }) => agencyId === desk.agencyId) ?? reply.data?.agencies[0]
  return (
    <div className="intake-page">
      <PageHeader
        title={text.title}
        actions={
          reply.data &&
          agency && <DeskLine agencies={reply.data.agencies} agency={agency} desk={desk} onChange={sitAt} />
        }
      />
      <Slot name="intake" facts={{}} />
      <ProblemAlert problem={reply.problem} onRetry={reply.reload} />
      {reply.data && !agency && <EmptyState title={words.none} hint={words.noneHint} />}
      {reply.data && agency && <Counter agency={agency} desk={desk} />}
    </div>
  )
}

type DeskAgency = DeskView['agencies'][number]
type Finished = { ending: Ending; reply: CommandReply }

function Counter({ agency, desk: kept }: { agency: DeskAgency; desk: DeskForm }) {
  const [form, setForm, draft] = useDraft<IntakeForm>('intake', emptyIntake)
  const [finished, setFinished] = useState<Finished | null>(null)
  const [begun, setBegun] = useState({ at: 'number' as 'number' | 'procedure', times: 0 })
  const desk: DeskForm = { ...kept, receivingPointId: pointOf(agency, kept) }
  if (finished)
    return (
      <IntakeDone
        ending={finished.ending}
        reply={finished.reply}
        onNext={(whose) => {
          if (whose === 'same') setForm(samePersons(form))
          else draft.clear(emptyIntake)
          setFinished(null)
          setBegun({ at: whose === 'same' ? 'procedure' : 'number', times: begun.times + 1 })
        }}
      />
    )
  return (
    <Conversation
      key={begun.times}
      agencyId={agency.agencyId}
      desk={desk}
      form={form}
      setForm={setForm}
      restored={draft.restored && !isEmptyIntake(form)}
      onDiscard={() => {
        draft.clear(emptyIntake)
        setBegun({ at: 'number', times: begun.times + 1 })
      }}
      beginAt={begun.at}
      onDone={(done) => {
        draft.clear(form)
        setFinished(done)
      }}
    />
  )
}

function Conversation({
  agencyId,
  desk,
  form,
  setForm,
  restored,
  onDiscard,
  beginAt,
  onDone,
}: {
  agencyId: number
  desk: DeskForm
  form: IntakeForm
  setForm: (form: IntakeForm) => void
  restored: boolean
  onDiscard: () => void
  beginAt: 'number' | 'procedure'
  onDone: (done: Finished) => void
}) {
  const { intake: text, intakeRefusals } = useDossierText()
  const today = dayOf(serverNow())
  const number = useRef<HTMLInputElement>(null)
  const procedure = useRef<HTMLInputElement>(null)
  const [supplement, setSupplement, supplementDraft] = useDraft<SlipForm>('intake-supplement', emptySlip)
  const [refusal, setRefusal, refusalDraft] = useDraft<SlipForm>('intake-refusal', emptySlip)
  const [asking, setAsking] = useState<'supplement' | 'refuse' | null>(null)
  /** The form as it was when it was last sent or found wanting: what was said of it holds until it is changed. */
  const [judged, setJudged] = useState<IntakeForm | null>(null)
  const catalogue = useApi<{ version: ProcedureVersion }>(
    form.procedure ? `/api/procedures/${encodeURIComponent(form.procedure.code)}` : null,
  )
  const version = catalogue.data?.version.code === form.procedure?.code ? catalogue.data?.version : undefined
  const found = caseIn(version, form.caseKey)
  const lines = paperLines(found, form.papers, desk.way)
  const missing = missingPapers(lines)
  const preview = usePreview({
    agencyId,
    desk,
    form,
    // Whoever is competent promises the day, not this desk.
    caseKey: found && isOffered(found, desk.way) && !form.elsewhere ? found.key : undefined,
  })
  const taking = useTakeIn()

  useEffect(() => (beginAt === 'procedure' ? procedure : number).current?.focus(), [beginAt])

  const set = (change: Partial<IntakeForm>) => setForm({ ...form, ...change })
  const giveAll = () => found && set({ papers: allGiven(lines) })

  // A code that stands for something missing is said once the form was found wanting, not before.
  const own = problemsOf(form, today)
  const refusals = useRefusals()
  const problem = judged === form ? refusals.ofProblem(taking.problem) : null
  const errorAt = (pointer: string): string | undefined => {
    const said = problem?.fieldError(pointer)
    if (said) return said
    const at = own.find((each) => each.pointer === pointer)
    return at ? sentence(at.code) : undefined
  }
  const sentence = (code: FieldProblem['code']) => {
    if (code === 'procedure-missing') return text.procedureMissing
    if (code === 'agency-missing') return text.agencyMissing
    return code === 'name-missing' ? text.nameMissing : word(intakeRefusals, { code })
  }

  const usual: Ending = form.elsewhere ? 'sendOn' : 'receive'
  const send = async (ending: Ending, decision: IntakeBody['decision']) => {
    setJudged(form)
    const { value, refusal: refused } = await taking.run(toIntake(form, { agencyId, desk, version, decision }))
    if (value) {
      supplementDraft.clear(emptySlip)
      refusalDraft.clear(emptySlip)
      setAsking(null)
      return onDone({ ending, reply: value })
    }
    const pointer = refused?.errors[0]?.pointer
    if (pointer) {
      setAsking(null)
      focusAt(pointer)
    }
  }

  const end = (ending: Ending) => {
    if (taking.busy) return
    const [first] = own
    if (first) {
      setJudged(form)
      taking.reset()
      return focusAt(first.pointer)
    }
    if (ending === 'receive') return void send('receive', { type: 'receive' })
    if (ending === 'sendOn') return void send('sendOn', { type: 'none' })
    taking.reset()
    const about = `${form.procedure?.code} ${found?.key}`
    const basis = version ? citationOf(version) : ''
    if (ending === 'refuse' && refusal.about !== about) setRefusal({ ...emptySlip, about, basis })
    if (ending === 'supplement' && supplement.about !== about)
      setSupplement({
        ...emptySlip,
        about,
        basis,
        reason: text.slip.reasonUsual,
        items: Object.fromEntries(missing.map(({ rule }) => [rule.key, text.slip.changeUsual])),
      })
    setAsking(ending)
  }
  useShortcut(['Ctrl', 'Enter'], form.elsewhere ? text.sendOn : text.receive, () => end(usual), asking === null)
  useShortcut(['F8'], text.allGiven, giveAll, found !== undefined && asking === null)

  const isHere = found === undefined || isOffered(found, desk.way)
  const counted = form.elsewhere ? text.dueElsewhere : text.counting
  const hint = isHere ? counted : text.notThisWay(text.ways[desk.way])
  const wanting = judged === form && !taking.busy && own.length > 0
  return (
    <div className="intake">
      <div className="intake-talk">
        {restored && (
          <p className="intake-restored" role="status">
            {text.restored}{' '}
            <Button size="compact-sm" variant="default" onClick={onDiscard}>
              {text.discard}
            </Button>
          </p>
        )}
        <Persons
          agencyId={agencyId}
          form={form}
          set={set}
          errorAt={errorAt}
          judged={judged === form}
          numberRef={number}
          onAccepted={() => procedure.current?.focus()}
        />
        <Section title={text.what}>
          <WhatFields
            agencyId={agencyId}
            desk={desk}
            form={form}
            set={set}
            version={version}
            errorAt={judged === form ? errorAt : () => undefined}
            procedureRef={procedure}
          />
          <ProblemAlert problem={catalogue.problem} onRetry={catalogue.reload} />
        </Section>
        <Section
          title={text.papers}
          actions={
            lines.length > 0 && (
              <Button
                size="compact-sm"
                variant="default"
                disabled={isComplete(lines)}
                onClick={giveAll}
                leftSection={<Icon name="check" />}
                rightSection={<KeyHint keys={['F8']} />}
              >
                {text.allGiven}
              </Button>
            )
          }
        >
          <div data-pointer="/components" tabIndex={-1}>
            {problem?.fieldError('/components') && <p className="intake-error">{problem.fieldError('/components')}</p>}
            {lines.length > 0 ? (
              <IntakePapers
                lines={lines}
                onChange={(key, paper) => set({ papers: { ...form.papers, [key]: paper } })}
              />
            ) : (
              <p className="k-dimmed">{found ? text.noPapers : text.papersFirst}</p>
            )}
          </div>
        </Section>
        <FeeFields desk={desk} form={form} set={set} version={version} />
        <Section title={text.result}>
          <ResultFields form={form} set={set} errorAt={(pointer) => problem?.fieldError(pointer)} />
          <Slot
            name="intake-result"
            facts={{
              agencyId: form.elsewhere?.agencyId ?? agencyId,
              to: reachedAmong(form.persons),
              chosen: form.noticeWays ?? [],
              onChange: (noticeWays: NoticeWay[]) => set({ noticeWays }),
            }}
          />
        </Section>
      </div>
      <IntakeAside
        preview={form.elsewhere ? undefined : preview.data}
        place={form.procedure && found ? { agencyId, procedureCode: form.procedure.code, caseKey: found.key } : null}
        elsewhere={form.elsewhere !== null}
        hint={form.procedure ? hint : text.dueFirst}
        problem={refusals.ofProblem(preview.problem)}
        missing={found ? missing.length : 0}
        busy={taking.busy}
        notice={
          <>
            {wanting && <Wanting sentences={own.map(({ code }) => sentence(code))} />}
            {asking === null && problem && !isSaidAtFields(problem) && <ProblemAlert problem={problem} keeps />}
          </>
        }
        onEnd={end}
      />
      {asking && (
        <IntakeSlip
          ending={asking}
          lines={lines}
          slip={asking === 'supplement' ? supplement : refusal}
          onChange={asking === 'supplement' ? setSupplement : setRefusal}
          busy={taking.busy}
          problem={problem}
          onClose={() => setAsking(null)}
          onDecide={(decision) => void send(asking, decision)}
        />
      )}
    </div>
  )
}

/** What the page itself finds missing, beside the button that was pressed. */
function Wanting({ sentences }: { sentences: readonly string[] }) {
  const text = useDossierText().intake
  return (
    <div className="k-problem" role="alert">
      <Icon name="warning" size={20} />
      <div>
        <p className="k-problem-what">{text.toCorrect}</p>
        <ul>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </div>
    </div>
  )
}

/** Whether every fault that the server found is written at its own field. */
const isSaidAtFields = ({ errors }: ApiProblem): boolean =>
  errors.length > 0 &&
  errors.every(({ pointer }) =>
    /^\/(persons\/\w+\/(name|identityNumber|birthDay|phone|email|address)|procedureCode|caseKey|agencyId|components|deliveryAddress)$/.test(
      pointer,
    ),
  )

/** The field that a problem is about, or the first control in it. */
function focusAt(pointer: string): void {
  requestAnimationFrame(() => {
    const place = document.querySelector<HTMLElement>(`[data-pointer="${CSS.escape(pointer)}"]`)
    const control = place?.querySelector<HTMLElement>('input, select, textarea') ?? place
    control?.focus()
    control?.scrollIntoView({ block: 'center' })
  })
}

/** When it would be ready and what it costs if it were received now; asked anew each minute, since 15:00 matters. */
function usePreview({
  agencyId,
  desk,
  form,
  caseKey,
}: {
  agencyId: number
  desk: DeskForm
  form: IntakeForm
  caseKey: string | undefined
}) {
  const question =
    form.procedure && caseKey !== undefined
      ? {
          agencyId,
          procedureCode: form.procedure.code,
          caseKey,
          channel: channelOf(desk.way),
          feeUnits: form.feeUnits,
          exemptions: form.exemptions,
        }
      : null
  const [settled] = useDebouncedValue(JSON.stringify(question), 120)
  const asked: { procedureCode: string } | null = JSON.parse(settled)
  const answer = useAnswer<IntakePreview>('/api/intake/preview', question && asked, { every: 60_000, keep: true })
  // What belongs to another procedure is not shown while its own is on the way.
  const isOther = answer.stale && asked?.procedureCode !== question?.procedureCode
  return {
    data: question === null || isOther ? undefined : answer.data,
    problem: question === null ? null : answer.problem,
  }
}
