import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { defineProbe } from '../probe.ts'

const MB = 1_000_000
const FULL_BYTES = 100 * MB
const LOW_BYTES = 1000 * MB

export const disk = defineProbe<'full' | 'low'>({
  id: 'disk',
  group: 'Store',
  isOnline: false,
  blames: 'environment',
  looksAt: 'How much room the disk with the store has.',
  faults: {
    full: {
      level: 'problem',
      title: 'A disk that is nearly full',
      effect: 'A send that cannot write its ledger stops; nobody is mailed twice, and the rest waits.',
      remedy: 'Make room before you send.',
      source: 'docs/sending.md',
    },
    low: {
      level: 'warning',
      title: 'Little room on the disk',
      effect: 'A large list needs some hundred bytes a reader and issue, and an import twice its size for a while.',
      remedy: 'Make room before the next import.',
      source: 'docs/performance.md',
    },
  },
  run: async ({ services: { storeFile, root } }, report) => {
    const { bavail, bsize } = await statfs(findFolder(storeFile, root))
    const bytes = bavail * bsize
    const message = `${Math.round(bytes / MB).toLocaleString('en')} MB are free where the store is.`
    if (bytes >= LOW_BYTES) report.ok(message)
    else report.fault(bytes < FULL_BYTES ? 'full' : 'low', { message })
  },
})

/** The folder of the store, or where it will be. */
function findFolder(file: string | undefined, root: string): string {
  let folder = file === undefined ? root : dirname(file)
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder)
  return folder
}
