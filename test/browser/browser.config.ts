import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const conditions = ['letterpress-source']

// Every page of the studio in a real browser, apart from `npm test`, since it takes minutes: `npm run test:browser`.
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', development: false } },
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // Every example in every template takes a quarter of an hour; `no` looks at as many as `npm test` does.
    env: { NODE_ENV: 'production', LETTERPRESS_EVERY_MAIL: process.env['LETTERPRESS_EVERY_MAIL'] ?? 'yes' },
    allowOnly: !process.env['CI'],
    include: ['test/browser/**/*.test.{ts,tsx}'],
    maxWorkers: Math.max(3, availableParallelism()),
    testTimeout: 90_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
  },
})
