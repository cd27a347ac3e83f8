import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// Two entries: the staff console (index.html) and the script of the public calling
// page, whose HTML the server renders. The server finds the latter's files in
// dist/.vite/manifest.json under the key "src/call1022/main.ts".
export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    manifest: true,
    modulePreload: { polyfill: false },
    rollupOptions: { input: ['index.html', 'src/call1022/main.ts'] },
  },
  // `npm run dev` shows the pages with the figures of a running `hotline up`.
  server: {
    proxy: {
      '/api': { target: 'http://127.0.0.1:8022' },
      '/sip': { target: 'ws://127.0.0.1:8022', ws: true },
    },
  },
  test: { include: ['src/**/*.test.ts'] },
})
