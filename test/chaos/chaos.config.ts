import { defineConfig } from 'vitest/config'

// Apart from `npm test`, since it takes a quarter of an hour: `npm run test:chaos`. docs/chaos.md says what it does.
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', development: false } },
  resolve: { conditions: ['letterpress-source'] },
  ssr: { resolve: { conditions: ['letterpress-source'] } },
  test: {
    env: { NODE_ENV: 'production' },
    include: ['test/chaos/*.chaos.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 60_000,
    maxWorkers: 1,
  },
})
