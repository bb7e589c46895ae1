import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const AXE = 'virtual:axe'
const AXE_HEAD = '(function axeFunction(window) {'
const AXE_TAIL = "})(typeof window === 'object' ? window : this);"

/** axe-core as a function of the window that it looks at, so that it can look into a frame where no script runs. */
function axeAsFunction(): Plugin {
  return {
    name: 'axe-as-function',
    resolveId: (id) => (id === AXE ? `\0${AXE}` : undefined),
    load(id) {
      if (id !== `\0${AXE}`) return undefined
      const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.js'), 'utf8')
      const [start, end] = [source.indexOf(AXE_HEAD), source.lastIndexOf(AXE_TAIL)]
      if (start < 0 || end < start) throw new Error('axe-core begins or ends in another way than this build expects.')
      const [licence, body] = [source.slice(0, start), source.slice(start + AXE_HEAD.length, end)]
      return `${licence}export default function createAxe(window) { let module, define\n${body}\nreturn axe\n}\n`
    },
  }
}

/** Builds the studio's page; src/preview/build-ui.ts says where to. Flat, since the server looks files up by name. */
export default defineConfig({
  root: fileURLToPath(new URL('src/preview/ui', import.meta.url)),
  base: '/ui/',
  publicDir: false,
  plugins: [react(), axeAsFunction()],
  // The server puts the nonce of each answer in its place.
  html: { cspNonce: '{nonce}' },
  build: {
    assetsDir: '',
    modulePreload: false,
    // The first that know light-dark() in style sheets.
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    reportCompressedSize: false,
    // axe-core, which is fetched when a mail has been still for a moment.
    chunkSizeWarningLimit: 700,
    // Mantine is a barrel of 120 components.
    rolldownOptions: { experimental: { lazyBarrel: true } },
  },
})
