import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// The officers' web. The server answers /can-bo/* with build/web/index.html and /can-bo/assets/* with its files.
export default defineConfig({
  root: 'src/app',
  base: '/can-bo/',
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: '../../build/web',
    emptyOutDir: true,
    target: 'es2022',
    // Fonts and icons stay files: the content security policy allows no data: fonts.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { port: 5173, strictPort: true, proxy: { '/api': 'http://127.0.0.1:8080' } },
})
