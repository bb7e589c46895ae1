import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const orphan = fileURLToPath(new URL('../fixtures/process/orphan.ts', import.meta.url))
const handOver = new URL('../../bin/hand-over.js', import.meta.url).href
const isLinux = process.platform === 'linux'

let folder: string
let report: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'letterpress-parent-'))
  report = join(folder, 'report')
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test.for(['SIGKILL', 'SIGSEGV'] as const)('notices that %s ended the launcher', async (signal) => {
  const script = join(folder, 'launcher.mjs')
  writeFileSync(script, `import { handOver } from '${handOver}'; handOver(['${orphan}', '${report}'])`)
  const launcher = start(process.execPath, [script], {})
  await waitFor('started')
  launcher.kill(signal)
  await waitFor('lost')
})

test.skipIf(!isLinux).for(['SIGTERM', 'SIGKILL', 'SIGHUP'] as const)('notices that %s ended npm', async (signal) => {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { go: `node ${orphan} ${report}` } }))
  const npm = start('npm', ['run', 'go'], {})
  await waitFor('started')
  npm.kill(signal)
  await waitFor('lost')
})

test('goes on when a shell that started it ends', async () => {
  start('sh', ['-c', `'${process.execPath}' '${orphan}' '${report}' & sleep 0.5`], {
    npm_command: '',
    npm_execpath: '',
  })
  const id = await waitFor('started')
  await new Promise((resolve) => setTimeout(resolve, 1200))
  expect(readFileSync(report, 'utf8')).not.toContain('lost')
  process.kill(id)
})

function start(command: string, args: string[], variables: Record<string, string>): ChildProcess {
  return spawn(command, args, { cwd: folder, env: { ...process.env, ...variables }, stdio: 'ignore' })
}

/** @returns the process id that the orphan wrote. */
async function waitFor(what: 'started' | 'lost'): Promise<number> {
  return await vi.waitFor(
    () => {
      const text = existsSync(report) ? readFileSync(report, 'utf8') : ''
      expect(text).toContain(what === 'started' ? '\n' : 'lost\n')
      return Number.parseInt(text, 10)
    },
    { timeout: 8000, interval: 50 },
  )
}
