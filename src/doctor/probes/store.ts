import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import { AppError } from '../../base/index.ts'
import { defineProbe } from '../probe.ts'

export const store = defineProbe<'broken'>({
  id: 'store',
  group: 'Store',
  isOnline: false,
  blames: 'environment',
  looksAt: 'Whether list and ledger can be opened, and are of a schema that this version knows.',
  faults: {
    broken: {
      level: 'problem',
      title: 'A store that cannot be used',
      effect: 'Nothing can be sent, and links to unsubscribe answer that they cannot be followed now.',
      remedy: 'Restore the file from its backup if nothing else helps.',
      source: 'docs/errors.md',
    },
  },
  run: async ({ services: { root, storeFile, readStore } }, report) => {
    const name = storeFile === undefined ? 'The store' : relative(root, storeFile)
    // Opening it would make it.
    if (storeFile !== undefined && !existsSync(storeFile))
      return report.ok(`${name} is not there yet; the first import or send makes it.`)
    try {
      await readStore()
      report.ok(`${name} opens, and has the newest schema.`)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      report.fault('broken', { message: error.message, remedy: error.hint })
    }
    return undefined
  },
})
