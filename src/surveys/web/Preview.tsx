import { Checkbox, Radio, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Answers, Questionnaire } from '../contract.ts'
import { isAsked, optionsOf } from '../rules/questionnaire.ts'
import { useSay, useWebText } from './use-words.ts'

/** The questionnaire as people meet it: conditions work, nothing is sent. */
export function Preview({ questionnaire }: { questionnaire: Questionnaire }) {
  const say = useSay()
  const text = useWebText()
  const [answers, setAnswers] = useState<Answers>({})
  const asked = questionnaire.questions.filter((question) => isAsked(question, answers))
  return (
    <ol className="sv-preview">
      {asked.map((question) => {
        const given = answers[question.key]
        const factor = questionnaire.factors.find(({ key }) => key === question.factor)
        return (
          <li key={question.key}>
            <p className="sv-preview-text">
              {say(question.text)}
              {(factor || question.personal) && (
                <span className="k-dimmed"> · {factor ? say(factor.name) : text.results.personal}</span>
              )}
            </p>
            {question.kind === 'text' && <Textarea aria-label={say(question.text)} rows={2} />}
            {question.kind === 'several' && (
              <Checkbox.Group
                aria-label={say(question.text)}
                value={Array.isArray(given) ? given : []}
                onChange={(chosen) => setAnswers({ ...answers, [question.key]: chosen })}
              >
                <div className="sv-options">
                  {optionsOf(question).map((option) => (
                    <Checkbox key={option.key} value={option.key} label={say(option.text)} />
                  ))}
                </div>
              </Checkbox.Group>
            )}
            {question.kind !== 'text' && question.kind !== 'several' && (
              <Radio.Group
                aria-label={say(question.text)}
                value={typeof given === 'string' ? given : ''}
                onChange={(chosen) => setAnswers({ ...answers, [question.key]: chosen })}
              >
                <div className="sv-options">
                  {optionsOf(question).map((option) => (
                    <Radio key={option.key} value={option.key} label={say(option.text)} />
                  ))}
                </div>
              </Radio.Group>
            )}
          </li>
        )
      })}
    </ol>
  )
}
