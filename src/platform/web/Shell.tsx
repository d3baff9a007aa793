import { Button, Drawer, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useHotkeys, useNetwork } from '@mantine/hooks'
import { Link, useLocation } from '@tanstack/react-router'
import { Fragment, type ReactNode, useEffect, useRef, useState } from 'react'
import { CommandBox, type Finder } from './CommandBox.tsx'
import { Dialog } from './dialogs.tsx'
import type { FindablePage } from './find-pages.ts'
import { Icon } from './Icon.tsx'
import { LockOverlay } from './LockOverlay.tsx'
import { KeyHint, PageLink } from './parts.tsx'
import { groupsOf, MANY_PAGES, placeOf, type RailPage, type RailSection } from './rail-view.ts'
import { useMe } from './session.tsx'
import { accountPath, helpPath, lockNow, signOut } from './session-api.ts'
import { useKnownShortcuts } from './shortcuts.tsx'
import { useKitText, useLanguage, useWords } from './text.tsx'

/** Everything around a page: rail, top line, command box, help, lock. */
export function Shell({
  rail,
  findable,
  finders,
  children,
}: {
  rail: readonly RailSection[]
  /** What the command box leads to. */
  findable: readonly FindablePage[]
  finders: readonly Finder[]
  children: ReactNode
}) {
  const text = useKitText()
  const me = useMe()
  const { online } = useNetwork()
  const [searching, setSearching] = useState(false)
  const [helping, setHelping] = useState(false)
  useHotkeys([['mod+K', () => setSearching(true)]], [], true)
  useHotkeys([
    ['shift+?', () => setHelping(true)],
    ['?', () => setHelping(true)],
  ])

  return (
    <>
      <div id="k-page" className="k-shell">
        <a className="k-skip" href="#main">
          {text.skip}
        </a>
        {me.demo && (
          <aside className="k-demo" aria-label={text.notice}>
            {text.demo}
          </aside>
        )}
        <TopLine onSearch={() => setSearching(true)} onHelp={() => setHelping(true)} />
        <Rail rail={rail} />
        <div className="k-work">
          <SectionLine rail={rail} />
          <div role="status" className="k-status">
            {!online && (
              <p className="k-offline">
                <Icon name="warning" /> {text.offline}
              </p>
            )}
          </div>
          <main id="main" tabIndex={-1}>
            {children}
          </main>
        </div>
      </div>
      <CommandBox opened={searching} onClose={() => setSearching(false)} finders={finders} pages={findable} />
      <KeyboardHelp opened={helping} onClose={() => setHelping(false)} />
      <LockOverlay />
    </>
  )
}

function TopLine({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const text = useKitText()
  const me = useMe()
  return (
    <header className="k-top">
      <PageLink to="/" className="k-mark">
        <Seal />
        <span className="k-mark-words">{text.product}</span>
      </PageLink>
      <span className="k-agency">{me.agency.name}</span>
      <button type="button" className="k-find" onClick={onSearch} aria-keyshortcuts="Control+K">
        <Icon name="lookup" />
        <span className="k-find-long">{text.search.label}</span>
        <span className="k-find-short">{text.search.short}</span>
        <KeyHint keys={['Ctrl', 'K']} />
      </button>
      <div className="k-top-tools">
        <Preferences />
        <HelpMenu onKeys={onHelp} />
        <AccountMenu />
      </div>
    </header>
  )
}

/** Language and light or dark, each a word that says what one gets. */
function Preferences() {
  const text = useKitText()
  const { language, setLanguage } = useLanguage()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<Icon name="language" />}
        lang={language === 'vi' ? 'en' : 'vi'}
        onClick={() => setLanguage(language === 'vi' ? 'en' : 'vi')}
      >
        {text.language}
      </Button>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<Icon name={scheme === 'dark' ? 'sun' : 'moon'} />}
        onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
      >
        {scheme === 'dark' ? text.light : text.dark}
      </Button>
    </>
  )
}

/** How the work is done, and which keys there are. */
function HelpMenu({ onKeys }: { onKeys: () => void }) {
  const text = useKitText()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<Icon name="question" />}
          rightSection={<Icon name="down" size={12} />}
        >
          {text.help}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item renderRoot={(props) => <Link {...props} to={helpPath} search={{}} />}>{text.guide}</Menu.Item>
        <Menu.Item onClick={onKeys} rightSection={<KeyHint keys={['?']} />}>
          {text.keyboard.title}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function AccountMenu() {
  const text = useKitText()
  const me = useMe()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<Icon name="person" />}
          rightSection={<Icon name="down" size={12} />}
          className="k-account"
        >
          {me.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {me.posts.map((post) => (
          <Menu.Label key={post.postId}>
            {[post.title, post.unitName, post.onBehalfOf && text.onBehalfOf(post.onBehalfOf.name)]
              .filter(Boolean)
              .join(' · ')}
          </Menu.Label>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<Icon name="person" />}
          renderRoot={(props) => <Link {...props} to={accountPath} search={{}} />}
        >
          {text.account}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="lock" />} onClick={lockNow}>
          {text.lockNow}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="signOut" />} onClick={() => void signOut()}>
          {text.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** At the left of a wide screen; at the foot of a narrow one, where what does not fit stands behind "Thêm". */
function Rail({ rail }: { rail: readonly RailSection[] }) {
  const text = useKitText()
  const [more, setMore] = useState(false)
  const here = placeOf(rail, useLocation().pathname)
  const item = ({ section, pages }: RailSection, index: number) => (
    <li key={section} data-late={index >= 4 ? '' : undefined}>
      <Link
        to={pages[0]?.path ?? '/'}
        search={{}}
        className="k-rail-item"
        aria-current={here.section === section ? 'page' : undefined}
      >
        <Icon name={section} size={20} />
        <span>{text.sections[section]}</span>
      </Link>
    </li>
  )
  return (
    <nav className="k-rail" aria-label={text.rail}>
      <ul>
        {rail.map(item)}
        <li className="k-rail-more">
          <button type="button" className="k-rail-item" aria-expanded={more} onClick={() => setMore(true)}>
            <Icon name="more" size={20} />
            <span>{text.more}</span>
          </button>
        </li>
      </ul>
      <Drawer
        opened={more}
        onClose={() => setMore(false)}
        position="bottom"
        size="85%"
        title={text.product}
        transitionProps={{ duration: 0 }}
        closeButtonProps={{ 'aria-label': text.close }}
      >
        <AllPages rail={rail} onOpen={() => setMore(false)} />
        <div className="k-drawer-tools">
          <Preferences />
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<Icon name="question" />}
            renderRoot={(props) => <Link {...props} to={helpPath} search={{}} onClick={() => setMore(false)} />}
          >
            {text.help}
          </Button>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<Icon name="signOut" />}
            onClick={() => void signOut()}
          >
            {text.signOut}
          </Button>
        </div>
      </Drawer>
    </nav>
  )
}

function AllPages({ rail, onOpen }: { rail: readonly RailSection[]; onOpen: () => void }) {
  const text = useKitText()
  const words = useWords()
  return (
    <ul className="k-all-pages">
      {rail.map(({ section, pages }) => {
        const [only, ...others] = pages
        return (
          <li key={section}>
            {only && others.length === 0 ? (
              <Link to={only.path} search={{}} onClick={onOpen}>
                <Icon name={section} /> {text.sections[section]}
              </Link>
            ) : (
              <>
                <span className="k-all-section">
                  <Icon name={section} /> {text.sections[section]}
                </span>
                <ul>
                  {pages.map((page) => (
                    <li key={page.path}>
                      <Link to={page.path} search={{}} onClick={onOpen}>
                        {words(page.label)}
                      </Link>
                    </li>
                  ))}
                </ul>
              </>
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** The pages of the section one is in, when there is more than one. */
function SectionLine({ rail }: { rail: readonly RailSection[] }) {
  const text = useKitText()
  const words = useWords()
  const here = placeOf(rail, useLocation().pathname)
  const section = rail.find((each) => each.section === here.section)
  const line = useRef<HTMLElement>(null)
  const pages = section && section.pages.length >= 2 ? section.pages : []
  const [hidden, setHidden] = useState({ before: false, after: false })
  // On a phone the line is longer than the screen: where one is stands in sight, and its ends say that there is more.
  useEffect(() => {
    const nav = line.current
    if (!nav) return undefined
    const current = here.path ? nav.querySelector<HTMLElement>('[aria-current]') : null
    if (current) nav.scrollLeft = current.offsetLeft - (innerWidth - current.offsetWidth) / 2
    const look = () => {
      const { scrollLeft, scrollWidth, clientWidth } = nav
      setHidden({ before: scrollLeft > 4, after: scrollLeft + clientWidth < scrollWidth - 4 })
    }
    const observer = new ResizeObserver(look)
    observer.observe(nav)
    nav.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      nav.removeEventListener('scroll', look)
    }
  }, [here.path])
  if (!section || pages.length === 0) return null
  const move = (screens: number) => line.current?.scrollBy({ left: screens * line.current.clientWidth })
  const current = pages.find(({ path }) => path === here.path)
  const groups = groupsOf(pages)
  const mine = groups.find(({ group }) => group === current?.group)
  const link = ({ path, label }: RailPage) => (
    <Link key={path} to={path} search={{}} aria-current={here.path === path ? 'page' : undefined}>
      {words(label)}
    </Link>
  )
  return (
    <div className="k-section-line-of-pages" data-many={pages.length > MANY_PAGES ? '' : undefined}>
      {pages.length > MANY_PAGES && (
        // Closed again by arriving at another page.
        <details key={here.path} className="k-section-menu">
          <summary>{current ? words(current.label) : text.sections[section.section]}</summary>
          <nav aria-label={text.pagesOf(text.sections[section.section])}>
            {groups.length === 0
              ? pages.map(link)
              : groups.map(({ group, pages: inside }) => (
                  <Fragment key={group}>
                    <span>{text.groups[group]}</span>
                    {inside.map(link)}
                  </Fragment>
                ))}
          </nav>
        </details>
      )}
      {groups.length > 0 && (
        <nav className="k-section-groups" aria-label={text.groupsOf(text.sections[section.section])}>
          {groups.map(({ group, first }) => (
            <Link key={group} to={first.path} search={{}} aria-current={group === mine?.group ? 'true' : undefined}>
              {text.groups[group]}
            </Link>
          ))}
        </nav>
      )}
      <nav ref={line} className="k-section-pages" aria-label={text.pagesOf(text.sections[section.section])}>
        {(mine?.pages ?? pages).map(link)}
      </nav>
      {/* The keys reach every page of the line without these. */}
      {hidden.before && (
        <button type="button" tabIndex={-1} aria-label={text.pagesBefore} data-at="start" onClick={() => move(-0.7)}>
          <Icon name="left" />
        </button>
      )}
      {hidden.after && (
        <button type="button" tabIndex={-1} aria-label={text.pagesAfter} data-at="end" onClick={() => move(0.7)}>
          <Icon name="right" />
        </button>
      )}
    </div>
  )
}

function KeyboardHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const text = useKitText()
  const here = useKnownShortcuts()
  const everywhere = [
    { keys: ['Ctrl', 'K'], label: text.keyboard.commandBox },
    { keys: ['?'], label: text.keyboard.help },
    { keys: ['↑', '↓'], label: text.keyboard.rows },
    { keys: ['Home', 'End'], label: text.keyboard.firstLast },
    { keys: ['Enter'], label: text.keyboard.open },
    { keys: ['Esc'], label: text.keyboard.close },
  ]
  return (
    <Dialog opened={opened} onClose={onClose} title={text.keyboard.title}>
      {here.length > 0 && <KeyList title={text.keyboard.here} shortcuts={here} />}
      <KeyList title={text.keyboard.everywhere} shortcuts={everywhere} />
    </Dialog>
  )
}

function KeyList({
  title,
  shortcuts,
}: {
  title: string
  shortcuts: readonly { keys: readonly string[]; label: string }[]
}) {
  return (
    <>
      <h3>{title}</h3>
      <dl className="k-key-list">
        {shortcuts.map(({ keys, label }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <KeyHint keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

/** The seal: a door in a square of lacquer red. */
function Seal() {
  return (
    <svg className="k-seal" width="28" height="28" viewBox="0 0 28 28" aria-hidden="true" focusable="false">
      <rect width="28" height="28" rx="4" className="k-seal-ground" />
      <path
        d="M8 22V8.5c0-.8.7-1.5 1.5-1.5h9c.8 0 1.5.7 1.5 1.5V22M6 22h16M14 7v15M16.5 14.5v1.5"
        className="k-seal-line"
      />
    </svg>
  )
}
