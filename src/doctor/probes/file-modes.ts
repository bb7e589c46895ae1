import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineProbe } from '../probe.ts'
import { listSecretFiles } from '../secret-files.ts'

const OTHERS = 0o007
const GROUP_WRITES = 0o020

export const fileModes = defineProbe<'readable'>({
  id: 'file-modes',
  group: 'Secret',
  isOnline: false,
  blames: 'configuration',
  looksAt: 'Whether other users of this machine can read .env and key files.',
  faults: {
    readable: {
      level: 'warning',
      title: 'A file with secrets that others can read',
      effect: 'Every user and every program of this machine can read the secret, the SMTP password or the key in it.',
      remedy: 'chmod 600 FILE',
      source: 'chmod(1)',
    },
  },
  run: (context, report) => {
    if (process.platform === 'win32') return report.skip('Windows keeps rights in another way.')
    const files = listSecretFiles(context)
    const open = files.flatMap((file) => {
      const mode = statSync(resolve(context.services.root, file)).mode & 0o777
      return (mode & (OTHERS | GROUP_WRITES)) === 0 ? [] : [{ file, mode }]
    })
    for (const { file, mode } of open) {
      report.fault('readable', { message: `${file} has mode ${mode.toString(8)}.`, remedy: `chmod 600 ${file}` })
    }
    if (open.length === 0)
      report.ok(files.length > 0 ? `Nobody else can read ${files.join(', ')}.` : 'There is no file with secrets yet.')
    return undefined
  },
})
