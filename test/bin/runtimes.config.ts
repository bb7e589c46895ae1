import { defineConfig } from 'vitest/config'

// Apart from `npm test`, since it downloads 60 MB per version: `npm run test:runtimes`.
export default defineConfig({
  test: { include: ['test/bin/runtimes.slow.test.ts'], testTimeout: 30_000 },
})
