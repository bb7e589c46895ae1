import { defineConfig } from 'vitest/config'

const conditions = ['letterpress-source']

// Apart from `npm test`, since it packs and installs for more than a minute: `npm run test:package`.
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    env: { NODE_ENV: 'production' },
    include: ['test/package.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
})
