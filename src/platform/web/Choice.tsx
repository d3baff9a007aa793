import { Loader, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { matches } from './fold.ts'
import { useKitText } from './text.tsx'
import { useApi } from './use-api.ts'

export type Option = {
  value: string
  label: string
  /** A second, quieter part: a code, a field. It is searched as well. */
  note?: string
  disabled?: boolean
}

type ChoiceProps = {
  label: string
  value: string | null
  /** With the option that was chosen, for callers that keep its label. */
  onChange: (value: string | null, option?: Option) => void
  hint?: ReactNode
  error?: ReactNode
  required?: boolean
  disabled?: boolean
  autoFocus?: boolean
  width?: string
  placeholder?: string
  inputRef?: RefObject<HTMLInputElement | null>
}

/** One of a list, chosen by typing any words of it, with or without accents; Enter takes the first. */
export function Choice({ options, ...rest }: ChoiceProps & { options: readonly Option[] }) {
  return <TypedSelect {...rest} options={options} />
}

/** Like Choice, for lists that only the server knows: asks `path(query)` and reads options out of the reply. */
export function FindChoice<Reply>({
  path,
  read,
  chosen,
  ...rest
}: ChoiceProps & {
  path: (query: string) => string
  read: (reply: Reply) => readonly Option[]
  /** The option that is chosen now, so that its label shows before anything was searched. */
  chosen?: Option | undefined
}) {
  const [query, setQuery] = useState('')
  const [settled] = useDebouncedValue(query, 150)
  const [asked, setAsked] = useState(false)
  const answer = useApi<Reply>(asked ? path(settled === chosen?.label ? '' : settled) : null)
  // Until the server has answered the words that stand there now, the options of before are filtered here: who types fast
  // and presses Enter gets what matches, never the first of an old list.
  const isOld = query !== settled || answer.refreshing
  const found = answer.data === undefined ? [] : read(answer.data)
  // Last, so that Enter takes what was looked for and never what stood there before.
  const options = chosen && !found.some((option) => option.value === chosen.value) ? [...found, chosen] : found
  return (
    <TypedSelect
      {...rest}
      options={options}
      serverSide={!isOld || query === chosen?.label}
      answered={!isOld}
      busy={answer.refreshing}
      onFocus={() => setAsked(true)}
      onSearch={setQuery}
    />
  )
}

function TypedSelect({
  options,
  serverSide = false,
  answered = false,
  busy = false,
  onFocus,
  onSearch,
  required,
  autoFocus,
  width,
  placeholder,
  inputRef,
  label,
  hint,
  error,
  disabled,
  value,
  onChange,
}: ChoiceProps & {
  options: readonly Option[]
  serverSide?: boolean
  /** The options are those for the words that stand there now. */
  answered?: boolean
  busy?: boolean
  onFocus?: () => void
  onSearch?: (query: string) => void
}) {
  const text = useKitText()
  const notes = new Map(options.map((option) => [option.value, option.note]))
  // Enter before the server has answered: whoever types faster than it gets the first option as soon as it is there.
  const wanted = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (!answered) return
    const input = wanted.current
    wanted.current = null
    if (input) listOf(input)?.querySelector<HTMLElement>('[role="option"]')?.click()
  }, [answered])
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    wanted.current = null
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing || !onSearch) return
    const input = event.currentTarget
    const list = listOf(input)
    const chosen = options.find((option) => option.value === value)?.label ?? ''
    if (!list || input.value.trim() === '' || input.value === chosen) return
    if (list.querySelector('[data-combobox-selected]')) return // marked: the list takes it itself
    event.preventDefault()
    if (answered) list.querySelector<HTMLElement>('[role="option"]')?.click()
    else wanted.current = input
  }
  return (
    <Select
      label={label}
      description={hint}
      error={error}
      disabled={disabled ?? false}
      withAsterisk={required ?? false}
      aria-required={required ?? false}
      autoFocus={autoFocus ?? false}
      data-autofocus={autoFocus ? true : undefined}
      data={options.map((option) => ({
        value: option.value,
        label: option.label,
        disabled: option.disabled ?? false,
      }))}
      value={value}
      onChange={(next) =>
        onChange(
          next,
          options.find((option) => option.value === next),
        )
      }
      searchable
      allowDeselect={false}
      // Mantine marks the first option again when this changes, so also when the answer of the server arrives.
      selectFirstOptionOnChange={(answered ? 'again' : 'typed') as unknown as boolean}
      clearable={!required}
      clearButtonProps={{ 'aria-label': text.field.clear, tabIndex: -1 }}
      nothingFoundMessage={busy ? text.search.searching : text.field.none}
      placeholder={placeholder ?? text.field.typeToFind}
      maxDropdownHeight={320}
      limit={100}
      comboboxProps={{ transitionProps: { duration: 0 }, shadow: 'sm' }}
      withCheckIcon={false}
      filter={({ options: items, search }) =>
        serverSide || search.trim() === ''
          ? items
          : items.filter(
              (item) => !('items' in item) && matches(`${item.label} ${notes.get(item.value) ?? ''}`, search),
            )
      }
      renderOption={({ option }) => (
        <span className="k-option">
          <span>{option.label}</span>
          {notes.get(option.value) && <span className="k-option-note">{notes.get(option.value)}</span>}
        </span>
      )}
      {...(busy ? { rightSection: <Loader size={14} color="gray" /> } : {})}
      onKeyDown={onKeyDown}
      onBlur={() => {
        wanted.current = null
      }}
      {...(onFocus ? { onFocus } : {})}
      {...(onSearch ? { onSearchChange: onSearch } : {})}
      {...(width ? { w: width, maw: '100%' } : {})}
      {...(inputRef ? { ref: inputRef } : {})}
    />
  )
}

/** The open list of a field; none while it is closed. */
const listOf = (input: HTMLInputElement): HTMLElement | null =>
  document.getElementById(input.getAttribute('aria-controls') ?? '')
