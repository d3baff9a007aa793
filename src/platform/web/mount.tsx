import '@fontsource/be-vietnam-pro/latin-400.css'
import '@fontsource/be-vietnam-pro/latin-500.css'
import '@fontsource/be-vietnam-pro/latin-600.css'
import '@fontsource/be-vietnam-pro/vietnamese-400.css'
import '@fontsource/be-vietnam-pro/vietnamese-500.css'
import '@fontsource/be-vietnam-pro/vietnamese-600.css'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './kit.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Finder } from './CommandBox.tsx'
import { ConfirmProvider } from './dialogs.tsx'
import { keepKeysInLock } from './LockOverlay.tsx'
import type { Page } from './page.ts'
import { type Panel, PanelProvider } from './slots.tsx'
import { createOfficerRouter } from './router.tsx'
import { LanguageProvider } from './text.tsx'
import { cssVariables, theme } from './theme.ts'
import { queryClient } from './use-api.ts'

/** Draws the officers' web into the page. Only the app calls it. */
export function mountOfficerWeb(
  element: HTMLElement,
  parts: { pages: readonly Page[]; finders: readonly Finder[]; panels: readonly Panel[] },
): void {
  keepKeysInLock()
  const router = createOfficerRouter(parts)
  createRoot(element).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <LanguageProvider>
          <QueryClientProvider client={queryClient}>
            <ConfirmProvider>
              <PanelProvider value={parts.panels}>
                <RouterProvider router={router} />
              </PanelProvider>
            </ConfirmProvider>
          </QueryClientProvider>
        </LanguageProvider>
        <Notifications position="bottom-right" transitionDuration={0} limit={3} />
      </MantineProvider>
    </StrictMode>,
  )
}
