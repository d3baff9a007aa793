import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { html } from '../../platform/http/html.ts'
import type { Http } from '../../platform/http/route.ts'
import type { PortalContext } from './facts.ts'
import { vi } from './text.vi.ts'
import { sendView, viewOf } from './view.ts'

const config = { permission: 'public' }
const options = { config, schema: { hide: true } }

/** What makes the public pages an application that can be installed and answers without a network. */
export function appFileRoutes(http: Http, context: PortalContext): void {
  http.get('/ung-dung.webmanifest', options, (_request, reply) =>
    reply.type('application/manifest+json').header('cache-control', 'public, max-age=86400').send(manifest),
  )

  http.get('/bieu-tuong.svg', options, (_request, reply) =>
    reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(icon),
  )

  for (const size of pictureSizes) {
    const bytes = readFileSync(join(import.meta.dirname, `icons/${size}.png`))
    http.get(`/bieu-tuong-${size}.png`, options, (_request, reply) =>
      reply.type('image/png').header('cache-control', 'public, max-age=86400').send(bytes),
    )
  }

  http.get('/ngoai-tuyen', options, async (request, reply) => {
    const view = await viewOf(context, request, reply)
    const text = view.text.offline
    return sendView(
      reply,
      view,
      text.title,
      html`<h1 data-stand-in>${text.title}</h1>
        <p class="lead">${text.detail}</p>
        <p>${text.kept}</p>`,
    )
  })
}

/** Of the icon as a picture without transparent edges: 180 px is what an iPhone asks for. */
const pictureSizes = [180, 192, 512] as const

const manifest = {
  name: vi.app.name,
  short_name: vi.app.shortName,
  lang: 'vi',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  background_color: '#ffffff',
  theme_color: '#8c1f17',
  icons: [
    { src: '/bieu-tuong.svg', type: 'image/svg+xml', sizes: 'any', purpose: 'any' },
    ...pictureSizes.map((size) => ({
      src: `/bieu-tuong-${size}.png`,
      type: 'image/png',
      sizes: `${size}x${size}`,
      purpose: 'maskable',
    })),
  ],
}

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28"><rect width="28" height="28" rx="4" fill="#8c1f17"/><path d="M8 22V8.5c0-.8.7-1.5 1.5-1.5h9c.8 0 1.5.7 1.5 1.5V22M6 22h16M14 7v15M16.5 14.5v1.5" fill="none" stroke="#fff" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg>'
