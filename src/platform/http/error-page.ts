import { html } from './html.ts'

/** What a person sees in the browser when a page cannot be shown; stands alone, since anything else may be broken. */
export const errorPage = ({ title, detail }: { title: string; detail: string }): string =>
  `<!doctype html>\n${
    html`<html lang="vi">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – Một Cửa</title>
        <style>
          body {
            margin: 0;
            font:
              18px/1.6 'Be Vietnam Pro',
              system-ui,
              sans-serif;
            color: #22201e;
            background: #fff;
          }
          main {
            max-width: 36rem;
            margin: 15vh auto;
            padding: 0 1.5rem;
          }
          h1 {
            font-size: 1.6rem;
            line-height: 1.3;
          }
          a {
            color: #8e1b1b;
            display: inline-block;
            padding: 0.75rem 0;
          }
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p>${detail}</p>
          <p><a href="/">Về trang đầu</a></p>
        </main>
      </body>
    </html>`.html
  }\n`
