import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const conditions = ['letterpress-source']
// These install packages and download other versions of Node; they have their own configurations.
const apart = ['test/package.test.ts', 'test/bin/runtimes.slow.test.ts']
const browser = ['test/browser/**/*.test.{ts,tsx}']
// The mails and the studio's main path; the whole studio takes minutes: `npm run test:browser`.
const seen = ['test/browser/{chromium,mail,studio}.test.ts']

export default defineConfig({
  // Otherwise `jsxDEV is not a function`: NODE_ENV is production here.
  oxc: { jsx: { runtime: 'automatic', development: false } },
  // `letterpress/define` means the sources.
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    env: { NODE_ENV: 'production' },
    // What is waited for comes late on a busy machine.
    expect: { poll: { timeout: 15_000 } },
    allowOnly: !process.env['CI'],
    // Half of the tests wait for a process, a server or a browser; by default two cores run one file at a time.
    maxWorkers: Math.max(3, availableParallelism()),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...browser, ...apart],
        },
      },
      { extends: true, test: { name: 'browser', include: seen, testTimeout: 90_000, hookTimeout: 120_000 } },
    ],
  },
})
