import { globSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// Scripts of the public pages, one file each: `browser/filing.entry.ts` is `filing`. Pages are whole without them.
const scripts = globSync('src/**/browser/*.entry.ts')
  .toSorted()
  .map((file) => [basename(file, '.entry.ts'), resolve(file)] as const)
const twice = scripts.find(([name], index) => scripts.findIndex(([other]) => other === name) !== index)
if (twice) throw new Error(`two scripts are called ${twice[0]}: one would take the place of the other`)

// The officers' web. The server answers /can-bo/* with build/web/index.html and /can-bo/assets/* with its files; the
// public pages find their scripts through the manifest.
export default defineConfig({
  root: 'src/app',
  base: '/can-bo/',
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: '../../build/web',
    emptyOutDir: true,
    manifest: 'scripts.json',
    rolldownOptions: { input: { officers: resolve('src/app/index.html'), ...Object.fromEntries(scripts) } },
    target: 'es2022',
    // Fonts and icons stay files: the content security policy allows no data: fonts.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { port: 5173, strictPort: true, proxy: { '/api': 'http://127.0.0.1:8080' } },
})
