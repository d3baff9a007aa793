import './identity.css'
import { Button } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useApi, useLanguage, useText } from '../../platform/web/index.ts'
import { en } from '../text.en.ts'
import { vi } from '../text.vi.ts'

/** The frame of the pages before sign-in: the name of the house, one task, the way to the public side. */
export function Door({
  title,
  wide = false,
  children,
  foot,
}: {
  title: string
  wide?: boolean
  children: ReactNode
  foot?: ReactNode
}) {
  const text = useText({ vi, en })
  const { language, setLanguage } = useLanguage()
  const installation = useApi<{ demo: boolean }>('/api/installation')
  useEffect(() => {
    document.title = `${title} – Một Cửa`
  }, [title])
  return (
    <div className="identity-door">
      {installation.data?.demo && <aside className="k-demo identity-demo">{text.signIn.demo}</aside>}
      <main id="main" data-wide={wide ? '' : undefined}>
        <p className="identity-name">{text.signIn.product}</p>
        <h1>{title}</h1>
        {children}
        <div className="identity-foot">
          {foot}
          <Button component="a" href="/" variant="subtle" size="compact-sm">
            {text.signIn.publicSide}
          </Button>
          <Button
            variant="subtle"
            size="compact-sm"
            lang={language === 'vi' ? 'en' : 'vi'}
            onClick={() => setLanguage(language === 'vi' ? 'en' : 'vi')}
          >
            {language === 'vi' ? 'English' : 'Tiếng Việt'}
          </Button>
        </div>
      </main>
    </div>
  )
}
