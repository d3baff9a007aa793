import { Loader, Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQueries } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useEffectEvent, useState } from 'react'
import type { ApiProblem } from './api.ts'
import { isCalled, searchPages, type FindablePage } from './find-pages.ts'
import { Icon, type IconName } from './Icon.tsx'
import type { Words } from './language.ts'
import { mayOpen } from './permission.ts'
import { useMe } from './session.tsx'
import { useKitText, useLanguage, useWords } from './text.tsx'
import { useGo } from './use-filters.ts'

/** Something that the command box finds, and where it leads below `/can-bo`. */
export type Found = { key: string; title: string; note?: string; to: string }

/** A kind of thing that the server can find: dossiers, procedures. The app composes the list. */
export type Finder = {
  name: string
  label: Words
  icon: IconName
  permission: string
  find: (query: string, signal: AbortSignal) => Promise<readonly Found[]>
  /** Pages that are called by the words that were typed stand before what it finds. */
  belowPages?: true
}

/** Ctrl K: finds any dossier, procedure or page from wherever one is. */
export function CommandBox({
  opened,
  onClose,
  finders,
  pages,
}: {
  opened: boolean
  onClose: () => void
  finders: readonly Finder[]
  pages: readonly FindablePage[]
}) {
  const text = useKitText()
  return (
    <Modal.Root opened={opened} onClose={onClose} centered={false} size="lg" padding={0} yOffset="10vh">
      <Modal.Overlay />
      <Modal.Content aria-label={text.search.label}>
        <Searcher onClose={onClose} finders={finders} pages={pages} />
      </Modal.Content>
    </Modal.Root>
  )
}

type Group = { name: string; label: string; icon: IconName; items: readonly Found[] }

function Searcher({
  onClose,
  finders,
  pages,
}: {
  onClose: () => void
  finders: readonly Finder[]
  pages: readonly FindablePage[]
}) {
  const text = useKitText()
  const words = useWords()
  const { language } = useLanguage()
  const go = useGo()
  const me = useMe()
  const [query, setQuery] = useState('')
  const [settled] = useDebouncedValue(query.trim(), 120)
  const [current, setCurrent] = useState(0)
  const [isEntered, setIsEntered] = useState(false)
  const allowed = finders.filter((finder) => mayOpen(finder.permission, me))

  const answers = useQueries({
    queries: allowed.map((finder) => ({
      queryKey: ['find', finder.name, settled],
      queryFn: ({ signal }: { signal: AbortSignal }) => finder.find(settled, signal),
      enabled: settled.length >= 2,
      staleTime: 10_000,
    })),
  })

  const found = allowed.map((finder, index) => ({
    name: finder.name,
    label: words(finder.label),
    icon: finder.icon,
    items: (settled.length >= 2 && answers[index]?.data) || [],
    belowPages: finder.belowPages,
  }))
  const foundPages = searchPages(pages, query, { language, sectionName: (section) => text.sections[section] })
  const pageGroup = (name: string, isOne: (page: FindablePage) => boolean): Group => ({
    name,
    label: text.search.pages,
    icon: 'forward',
    items: foundPages.filter(isOne).map((page) => ({
      key: page.path,
      title: words(page.label),
      to: page.path,
      ...(page.section && { note: text.sections[page.section] }),
    })),
  })
  const groups: readonly Group[] = [
    ...found.filter(({ belowPages }) => !belowPages),
    pageGroup('called', (page) => isCalled(page, query, language)),
    ...found.filter(({ belowPages }) => belowPages),
    pageGroup('pages', (page) => !isCalled(page, query, language)),
  ].filter((group) => group.items.length > 0)
  const flat = groups.flatMap((group) => group.items.map((item) => ({ id: idOf(group, item), item })))
  const chosen = flat[Math.min(current, flat.length - 1)]
  const busy = answers.some((answer) => answer.isFetching) || settled !== query.trim()
  const failed = answers.some((answer) => (answer.error as ApiProblem | null) !== null)

  const open = (item: Found) => {
    onClose()
    void go(item.to)
  }
  // A code reader types fast and ends with Enter: what it meant is opened when the answer to all of it is there.
  const meant = isEntered && !busy ? chosen?.item : undefined
  const openMeant = useEffectEvent((item: Found) => open(item))
  useEffect(() => {
    if (meant) openMeant(meant)
  }, [meant])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      const next = (Math.min(current, flat.length - 1) + step + flat.length) % Math.max(1, flat.length)
      setCurrent(next)
      document.getElementById(flat[next]?.id ?? '')?.scrollIntoView({ block: 'nearest' })
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      if (busy) setIsEntered(true)
      else if (chosen) open(chosen.item)
    }
  }

  return (
    <div className="k-command">
      <div className="k-command-line">
        <Icon name="lookup" size={18} />
        <input
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls="k-command-list"
          aria-activedescendant={chosen?.id}
          aria-label={text.search.label}
          placeholder={text.search.hint}
          value={query}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setQuery(event.currentTarget.value)
            setCurrent(0)
            setIsEntered(false)
          }}
          onKeyDown={onKeyDown}
        />
        {busy && <Loader size={14} color="gray" aria-label={text.search.searching} />}
        <button type="button" className="k-command-close" onClick={onClose}>
          {text.close}
        </button>
      </div>
      <div id="k-command-list" role="listbox" aria-label={text.search.label} className="k-command-list" tabIndex={-1}>
        {groups.map((group) => (
          <div key={group.name} role="group" aria-label={group.label}>
            <div className="k-command-group" aria-hidden="true">
              {group.label}
            </div>
            {group.items.map((item) => (
              // The list is worked from the text field, by keys; a click is the shorter way for a mouse.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
              <div
                key={item.key}
                id={idOf(group, item)}
                role="option"
                tabIndex={-1}
                aria-selected={chosen?.id === idOf(group, item)}
                className="k-command-item"
                onClick={() => open(item)}
              >
                <Icon name={group.icon} />
                <span className="k-command-title">{item.title}</span>
                {item.note && <span className="k-dimmed">{item.note}</span>}
              </div>
            ))}
          </div>
        ))}
      </div>
      <div className="k-command-foot" role="status">
        {failed && text.search.failed}
        {!failed && flat.length === 0 && (busy ? text.search.searching : text.search.nothing)}
        {!failed && flat.length > 0 && text.search.keys}
      </div>
    </div>
  )
}

const idOf = (group: Group, item: Found): string => `k-found-${group.name}-${item.key}`.replace(/[^\w-]/g, '_')
