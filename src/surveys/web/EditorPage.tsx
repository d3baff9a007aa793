import './surveys.css'
import { Button, Checkbox, MultiSelect, NumberInput, Textarea } from '@mantine/core'
import { useState } from 'react'
import {
  announce,
  Choice,
  Fields,
  Icon,
  PageHeader,
  ProblemAlert,
  Section,
  TextField,
  useApi,
  useCommand,
  useFilters,
  useGo,
  useParameter,
} from '../../platform/web/index.ts'
import type { Option, Question, Questionnaire, QuestionKind, QuestionnairesReply, Words } from '../contract.ts'
import { faultsOf, isJudged, optionsOf } from '../rules/questionnaire.ts'
import { freeKey, moved, newOption, newQuestion, withKind, withMaybe } from './editor-view.ts'
import { Preview } from './Preview.tsx'
import { useSay, useSurveyText, useWebText } from './use-words.ts'

/** A questionnaire as data, with what people will see beside it. */
export function EditorPage() {
  const text = useWebText()
  const place = { agencyId: useParameter('agencyId'), questionnaireId: useParameter('questionnaireId') }
  const [filters] = useFilters({ mau: '' })
  const answer = useApi<QuestionnairesReply>('/api/surveys/questionnaires')
  const own = answer.data?.items.find(({ questionnaireId }) => questionnaireId === place.questionnaireId)
  const template = answer.data?.templates.find(({ key }) => key === filters.mau)
  const begin = own?.definition ?? template?.definition
  return (
    <>
      {!begin && (
        <PageHeader
          title={text.questionnairesTitle}
          back={{ to: '/phieu-hoi-khao-sat', label: text.questionnairesTitle }}
        />
      )}
      <ProblemAlert problem={answer.problem} onRetry={answer.reload} />
      {begin && (
        <Editor
          key={`${own?.questionnaireId ?? filters.mau}-${own?.version ?? 0}`}
          agencyId={Number(place.agencyId)}
          questionnaireId={own?.questionnaireId}
          version={own?.version ?? 0}
          begin={begin}
        />
      )}
    </>
  )
}

function Editor({
  agencyId,
  questionnaireId,
  version,
  begin,
}: {
  agencyId: number
  questionnaireId: string | undefined
  version: number
  begin: Questionnaire
}) {
  const text = useWebText()
  const words = useSurveyText()
  const say = useSay()
  const go = useGo()
  const [form, setForm] = useState(begin)
  const change = (part: Partial<Questionnaire>) => setForm({ ...form, ...part })
  const faults = faultsOf(form)
  const dirty = form !== begin || questionnaireId === undefined
  const save = useCommand<{ questionnaireId: string; version: number }>('/api/surveys/questionnaires', {
    forget: ['/api/surveys'],
    onDone: (saved) => {
      announce(text.editor.saved)
      void go(`/phieu-hoi-khao-sat/${agencyId}/${saved.questionnaireId}`, { replace: true })
    },
  })
  const setQuestion = (at: number, question: Question) =>
    change({ questions: form.questions.map((each, index) => (index === at ? question : each)) })
  const optionWords = text.editor.newOption
  const judged = form.questions.filter(isJudged)
  return (
    <>
      <PageHeader
        title={say(form.title)}
        back={{ to: '/phieu-hoi-khao-sat', label: text.questionnairesTitle }}
        note={dirty ? text.editor.unsaved : text.editor.version(version)}
        actions={
          <Button
            onClick={() =>
              void save.run({ agencyId, ...(questionnaireId ? { questionnaireId } : {}), version, definition: form })
            }
            disabled={!dirty || faults.length > 0}
            loading={save.busy}
          >
            {text.editor.save}
          </Button>
        }
      />
      <ProblemAlert problem={save.problem} keeps />
      {faults.length > 0 && (
        <div className="sv-faults" role="status">
          <p>
            <Icon name="warning" /> {text.editor.faultsTitle}
          </p>
          <ul>
            {faults.map(({ code, question }) => (
              <li key={`${code}-${question}`}>
                <a href={`#q-${question}`}>
                  {placeOf(form, question)} {words.faults[code]}
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className="sv-editor">
        <div>
          <Section title={text.editor.title}>
            <Fields columns={2}>
              <TextField
                label={text.editor.title}
                required
                value={form.title.vi}
                onChange={(vi) => change({ title: { ...form.title, vi } })}
                maxLength={500}
              />
              <TextField
                label={text.editor.titleEn}
                value={form.title.en}
                onChange={(en) => change({ title: { ...form.title, en } })}
                maxLength={500}
              />
              <Textarea
                label={text.editor.intro}
                rows={3}
                maxLength={500}
                value={form.intro.vi}
                onChange={(event) => change({ intro: { ...form.intro, vi: event.currentTarget.value } })}
              />
              <Textarea
                label={text.editor.introEn}
                rows={3}
                maxLength={500}
                value={form.intro.en}
                onChange={(event) => change({ intro: { ...form.intro, en: event.currentTarget.value } })}
              />
            </Fields>
            <Choice
              label={text.editor.overall}
              value={form.overall ?? ''}
              options={[
                { value: '', label: text.editor.noOverall },
                ...judged.map((question) => ({ value: question.key, label: say(question.text) })),
              ]}
              onChange={(key) => setForm(withMaybe(form, 'overall', key || undefined))}
            />
          </Section>
          <Section
            title={text.editor.factors}
            actions={
              <Button
                variant="default"
                leftSection={<Icon name="plus" />}
                onClick={() =>
                  change({
                    factors: [
                      ...form.factors,
                      {
                        key: freeKey(
                          'f',
                          form.factors.map(({ key }) => key),
                        ),
                        name: { vi: text.editor.factorName, en: '' },
                      },
                    ],
                  })
                }
              >
                {text.editor.addFactor}
              </Button>
            }
          >
            {form.factors.map((factor, at) => (
              <div key={factor.key} className="sv-option-line">
                <BothWords
                  label={text.editor.factorName}
                  words={factor.name}
                  onChange={(name) =>
                    change({ factors: form.factors.map((each, index) => (index === at ? { ...each, name } : each)) })
                  }
                />
                <Button
                  size="compact-sm"
                  variant="subtle"
                  onClick={() => change({ factors: form.factors.filter((_each, index) => index !== at) })}
                >
                  {text.editor.remove}
                </Button>
              </div>
            ))}
          </Section>
          <Section title={text.editor.questions}>
            {form.questions.map((question, at) => (
              <QuestionEditor
                key={question.key}
                at={at}
                form={form}
                question={question}
                onChange={(next) => setQuestion(at, next)}
                onMove={(by) => change({ questions: moved(form.questions, at, by) })}
                onRemove={() => change({ questions: form.questions.filter((_each, index) => index !== at) })}
              />
            ))}
            <Button
              variant="default"
              leftSection={<Icon name="plus" />}
              onClick={() =>
                change({
                  questions: [
                    ...form.questions,
                    newQuestion(form, { question: text.editor.newQuestion, option: optionWords }),
                  ],
                })
              }
            >
              {text.editor.addQuestion}
            </Button>
          </Section>
        </div>
        <aside className="sv-live" aria-label={text.editor.preview}>
          <h2>{text.editor.preview}</h2>
          <p className="sv-preview-text">{say(form.title)}</p>
          <p className="k-note">{say(form.intro)}</p>
          <Preview questionnaire={form} />
        </aside>
      </div>
    </>
  )
}

function placeOf({ questions }: Questionnaire, key: string): string {
  const at = questions.findIndex((question) => question.key === key)
  return at < 0 ? '' : `${at + 1}.`
}

function BothWords({ label, words, onChange }: { label: string; words: Words; onChange: (words: Words) => void }) {
  const text = useWebText().editor
  return (
    <>
      <TextField label={label} value={words.vi} onChange={(vi) => onChange({ ...words, vi })} maxLength={500} />
      <TextField label={text.textEn} value={words.en} onChange={(en) => onChange({ ...words, en })} maxLength={500} />
    </>
  )
}

function QuestionEditor({
  at,
  form,
  question,
  onChange,
  onMove,
  onRemove,
}: {
  at: number
  form: Questionnaire
  question: Question
  onChange: (question: Question) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}) {
  const text = useWebText().editor
  const words = useSurveyText()
  const say = useSay()
  const hasOwn = question.options !== undefined
  const setOption = (place: number, option: Option) =>
    onChange({
      ...question,
      options: (question.options ?? []).map((each, index) => (index === place ? option : each)),
    })
  const earlier = form.questions.slice(0, at).filter(({ kind, personal }) => kind !== 'text' && !personal)
  const asked = earlier.find(({ key }) => key === question.when?.question)
  const apart = question.personal === true || question.kind === 'text'
  return (
    <fieldset className="sv-edit-question" id={`q-${question.key}`}>
      <legend>{at + 1}</legend>
      <BothWords label={text.text} words={question.text} onChange={(next) => onChange({ ...question, text: next })} />
      <Fields columns={2}>
        <Choice
          label={text.kind}
          value={question.kind}
          options={Object.entries(words.questionKinds).map(([value, label]) => ({ value, label }))}
          onChange={(kind) => kind && onChange(withKind(question, kind as QuestionKind, text.newOption))}
        />
        {form.factors.length > 0 && question.kind !== 'text' && (
          <Choice
            label={text.factor}
            value={question.factor ?? ''}
            options={[
              { value: '', label: text.noFactor },
              ...form.factors.map(({ key, name }) => ({ value: key, label: say(name) })),
            ]}
            onChange={(factor) => onChange(withMaybe(question, 'factor', factor || undefined))}
          />
        )}
        {!apart && earlier.length > 0 && (
          <Choice
            label={text.when}
            value={question.when?.question ?? ''}
            options={[
              { value: '', label: text.always },
              ...earlier.map((each) => ({ value: each.key, label: say(each.text) })),
            ]}
            onChange={(key) => {
              const first = earlier.find((each) => each.key === key)
              const option = first && optionsOf(first)[0]
              onChange(
                withMaybe(question, 'when', key && option ? { question: key, options: [option.key] } : undefined),
              )
            }}
          />
        )}
        {question.when && asked && (
          <MultiSelect
            label={text.whenOptions}
            value={question.when.options}
            data={optionsOf(asked).map((option) => ({ value: option.key, label: say(option.text) }))}
            onChange={(options) =>
              options.length > 0 && onChange({ ...question, when: { question: asked.key, options } })
            }
          />
        )}
      </Fields>
      {question.kind !== 'text' && (
        <Checkbox
          label={text.personal}
          checked={question.personal === true}
          onChange={(event) =>
            onChange(
              withMaybe(
                withMaybe(question, 'when', event.currentTarget.checked ? undefined : question.when),
                'personal',
                event.currentTarget.checked || undefined,
              ),
            )
          }
        />
      )}
      {question.kind !== 'text' && !hasOwn && (
        <p className="k-note">
          {optionsOf(question)
            .map((option) => say(option.text))
            .join(' · ')}{' '}
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => onChange({ ...question, options: [...optionsOf(question)] })}
          >
            {text.ownOptions}
          </Button>
        </p>
      )}
      {hasOwn && (
        <>
          <p className="sv-small-head">{text.options}</p>
          {(question.options ?? []).map((option, place) => (
            <div key={option.key} className="sv-option-line">
              <BothWords
                label={text.optionText}
                words={option.text}
                onChange={(next) => setOption(place, { ...option, text: next })}
              />
              <NumberInput
                label={text.score}
                value={option.score ?? ''}
                min={0}
                max={100}
                hideControls
                w="4.5rem"
                onChange={(value) =>
                  setOption(place, withMaybe(option, 'score', value === '' ? undefined : Number(value)))
                }
              />
              <Checkbox
                label={text.positive}
                checked={option.positive === true}
                onChange={(event) =>
                  setOption(place, withMaybe(option, 'positive', event.currentTarget.checked || undefined))
                }
              />
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() =>
                  onChange({ ...question, options: (question.options ?? []).filter((_each, index) => index !== place) })
                }
              >
                {text.remove}
              </Button>
            </div>
          ))}
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              const options = question.options ?? []
              onChange({ ...question, options: [...options, newOption(options, text.newOption(options.length + 1))] })
            }}
          >
            {text.addOption}
          </Button>
        </>
      )}
      <div className="k-actions">
        <Button size="compact-sm" variant="default" disabled={at === 0} onClick={() => onMove(-1)}>
          {text.up}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={at === form.questions.length - 1}
          onClick={() => onMove(1)}
        >
          {text.down}
        </Button>
        <Button size="compact-sm" variant="default" disabled={form.questions.length === 1} onClick={onRemove}>
          {text.remove}
        </Button>
      </div>
    </fieldset>
  )
}
