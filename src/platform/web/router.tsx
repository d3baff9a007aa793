import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  Outlet,
  useLocation,
  useMatches,
  useNavigate,
} from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import type { ApiProblem } from './api.ts'
import { noteArrival } from './arrival.ts'
import type { Finder } from './CommandBox.tsx'
import { findablePages } from './find-pages.ts'
import { PageCrashed } from './ErrorBoundary.tsx'
import { parseSearch, writeSearch } from './filters.ts'
import type { Page } from './page.ts'
import { EmptyState, LinkButton, PageHeader } from './parts.tsx'
import { mayOpen } from './permission.ts'
import { ProblemAlert } from './ProblemAlert.tsx'
import { railFor } from './rail-view.ts'
import { type Me, SessionProvider, useMe } from './session.tsx'
import { accountPath, getMe, mePath, signInPath } from './session-api.ts'
import { Shell } from './Shell.tsx'
import { useKitText } from './text.tsx'
import { UnsentFilesGuard } from './unsent-files.tsx'

/** Builds the whole officers' web from the pages of the features. */
export function createOfficerRouter({ pages, finders }: { pages: readonly Page[]; finders: readonly Finder[] }) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })
  const guarded = createRoute({
    getParentRoute: () => root,
    id: 'officers',
    component: () => <Guarded pages={pages} finders={finders} />,
    notFoundComponent: NotFound,
  })
  const routeOf = (page: Page, parent: typeof root | typeof guarded) =>
    createRoute({
      getParentRoute: () => parent,
      path: page.path,
      component: lazyRouteComponent(() => page.load().then((component) => ({ default: component }))),
    })
  const isPublic = (page: Page) => page.permission === 'public'
  const start = createRoute({ getParentRoute: () => guarded, path: '/', component: () => <Start pages={pages} /> })
  const tree = root.addChildren([
    ...pages.filter(isPublic).map((page) => routeOf(page, root)),
    guarded.addChildren([
      ...(pages.some((page) => page.path === '/') ? [] : [start]),
      ...pages.filter((page) => !isPublic(page)).map((page) => routeOf(page, guarded)),
      // What leads nowhere says so within the shell.
      createRoute({ getParentRoute: () => guarded, path: '$', component: NotFound }),
    ]),
  ])
  const router = createRouter({
    routeTree: tree,
    basepath: '/can-bo',
    defaultPreload: 'intent',
    defaultErrorComponent: PageCrashed,
    defaultPendingComponent: Waiting,
    defaultPendingMs: 300,
    scrollRestoration: true,
    parseSearch,
    stringifySearch: writeSearch,
  })
  router.history.subscribe(({ action }) => noteArrival(action.type))
  return router
}

/** Nothing behind it is drawn before it is known who works here. */
function Guarded({ pages, finders }: { pages: readonly Page[]; finders: readonly Finder[] }) {
  const me = useQuery<Me, ApiProblem>({ queryKey: ['api', mePath], queryFn: getMe, staleTime: 60_000 })
  if (me.data) {
    const rail = railFor(pages, me.data)
    return (
      <SessionProvider value={me.data}>
        <Shell rail={rail} findable={findablePages(pages, me.data)} finders={finders}>
          <Allowed pages={pages}>
            <UnsentFilesGuard>
              <Outlet />
            </UnsentFilesGuard>
          </Allowed>
        </Shell>
      </SessionProvider>
    )
  }
  if (me.error?.kind === 'locked') return <ToSignIn />
  if (me.error)
    return (
      <div className="k-alone">
        <ProblemAlert problem={me.error} onRetry={() => void me.refetch()} />
      </div>
    )
  return <Waiting />
}

/** Goes there once, with the place that was asked for: on the way the address changes and would ask again and again. */
function ToSignIn() {
  const navigate = useNavigate()
  const { href } = useLocation()
  const asked = useRef(href)
  useEffect(() => {
    void navigate({ to: signInPath, search: { next: asked.current }, replace: true })
  }, [navigate])
  return <Waiting />
}

/** What the post may not open does not exist. */
function Allowed({ pages, children }: { pages: readonly Page[]; children: ReactNode }) {
  const me = useMe()
  const path: string | undefined = useMatches().at(-1)?.fullPath
  const page = pages.find((each) => each.path === path)
  if (me.demand && path !== accountPath) return <Navigate to={accountPath} replace />
  return page && !mayOpen(page.permission, me) ? <NotFound /> : children
}

/** Where the day begins: on the page of one's own work, otherwise on the first of the rail. */
function Start({ pages }: { pages: readonly Page[] }) {
  const text = useKitText()
  const me = useMe()
  const own = me.posts.find(({ onBehalfOf }) => onBehalfOf === null) ?? me.posts[0]
  const home = own && pages.find(({ homeOf, permission }) => homeOf?.includes(own.role) && mayOpen(permission, me))
  const first = home ?? railFor(pages, me)[0]?.pages[0]
  if (first) return <Navigate to={first.path} replace />
  return (
    <>
      <PageHeader title={text.product} />
      <EmptyState title={text.problem.noPage} hint={text.problem.noPageDetail} />
    </>
  )
}

function NotFound() {
  const text = useKitText()
  return (
    <>
      <PageHeader title={text.problem.notFound} />
      <p className="k-note">{text.problem.notFoundDetail}</p>
      <p>
        <LinkButton to="/">{text.problem.home}</LinkButton>
      </p>
    </>
  )
}

function Waiting() {
  const text = useKitText()
  return (
    <div className="k-waiting" role="status">
      <Loader size={20} color="gray" aria-hidden="true" /> {text.loading}
    </div>
  )
}
