// Takes leave to send as fast as it is given, and prints when: node scripts/run.js test/delivery/limits-process.ts FOLDER PER_SECOND PER_MINUTE
import { openDatabase } from '../../src/db/index.ts'
import { createLimiter } from '../../src/delivery/limits/limiter.ts'
import { limitOf } from './limits-make.ts'

const [root = '', perSecond, perMinute] = process.argv.slice(2)
const db = await openDatabase({ url: 'sqlite:store.db', root, lockWaitMs: 5000 })
const limiter = createLimiter({
  db,
  limits: limitOf({ perSecond: Number(perSecond), perMinute: Number(perMinute) }),
  timing: {
    nowMs: () => performance.now(),
    epochMs: () => Date.now(),
    after: (ms, work) => {
      const timer = setTimeout(work, ms)
      return () => clearTimeout(timer)
    },
  },
  onClosed: () => undefined,
  onOpen: () => undefined,
})
const { signal } = new AbortController()
await Promise.all(
  Array.from({ length: 10 }, async () => {
    while (await limiter.acquire(undefined, signal)) {
      // At once, so that nothing is lost when it is killed.
      process.stdout.write(`${Date.now()}\n`)
      await new Promise((resolve) => setTimeout(resolve, 3))
    }
  }),
)
