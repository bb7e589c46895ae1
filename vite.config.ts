import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Builds the studio's page; src/preview/build-ui.ts says where to. Flat, since the server looks files up by name. */
export default defineConfig({
  root: fileURLToPath(new URL('src/preview/ui', import.meta.url)),
  base: '/ui/',
  publicDir: false,
  plugins: [react()],
  // The server puts the nonce of each answer in its place.
  html: { cspNonce: '{nonce}' },
  build: {
    assetsDir: '',
    modulePreload: false,
    // The first that know light-dark() in style sheets.
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    reportCompressedSize: false,
    // Mantine is a barrel of 120 components.
    rolldownOptions: { experimental: { lazyBarrel: true } },
  },
})
