import { defineConfig } from 'vitest/config'

const conditions = ['letterpress-source']

// Apart from `npm test`, since it needs programs that npm does not bring: `npm run test:deep`.
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', development: false } },
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { env: { NODE_ENV: 'production' }, include: ['test/**/*.deep.ts'], testTimeout: 120_000 },
})
