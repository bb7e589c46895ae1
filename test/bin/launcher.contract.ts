import { spawn, type SpawnOptions } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { repository } from '../helpers/source-tree.ts'

const handOver = join(repository, 'test/fixtures/process/hand-over.mjs')
const child = join(repository, 'test/fixtures/process/child.mjs')

interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

interface Started {
  readonly ended: Promise<Ended>
  readonly ready: Promise<void>
  readonly kill: (signal: NodeJS.Signals) => void
  readonly write: (data: string | Buffer) => void
  readonly end: () => void
}

/** What a process handed over must look like from outside, whichever Node hands over. */
export function describeLauncher(name: string, node: string): void {
  const run = async (...args: string[]) => await start(node, [handOver, child, ...args]).ended

  describe(`handed over by ${name}`, () => {
    test.for([0, 1, 4, 126, 127, 130])('ends with code %d', async (code) => {
      expect(await run('exit', String(code))).toMatchObject({ code, signal: null, stderr: '' })
    })

    test.for(['SIGTERM', 'SIGKILL', 'SIGINT', 'SIGABRT'] as const)('dies of %s', async (signal) => {
      expect(await run('die', signal)).toMatchObject({ code: null, signal })
    })

    test('keeps arguments as they are', async () => {
      const args = ['a b', '', '--x=1', '"quoted"', 'ünï', '$HOME', '*', '--', '-e']
      expect(JSON.parse((await run('arguments', ...args)).stdout)).toEqual(args)
    })

    test('passes 5 MB of stdin and keeps the two outputs apart', async () => {
      const process = start(node, [handOver, child, 'count'])
      process.write(Buffer.alloc(5_000_000))
      process.end()
      expect(await process.ended).toMatchObject({ code: 0, stdout: '5000000', stderr: 'to the other stream' })
    })

    test.for(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const)('forwards %s once', async (signal) => {
      const process = start(node, [handOver, child, 'signals'])
      await process.ready
      process.kill(signal)
      expect(await process.ended).toMatchObject({ code: 130, stdout: `ready\n${signal}\n` })
    })

    test.for(['SIGINT', 'SIGTERM'] as const)('the second %s ends a child that hears none', async (signal) => {
      const process = start(node, [handOver, child, 'deaf'])
      await process.ready
      process.kill(signal)
      const again = setInterval(() => process.kill(signal), 300)
      const { code, signal: cause } = await process.ended
      clearInterval(again)
      expect({ code, cause }).toEqual({ code: null, cause: signal })
    })

    describe.skipIf(!canMakeTerminal())('on a terminal', () => {
      const inTerminal = (before: string, word: string) =>
        start('script', ['-qec', `${before} '${node}' '${handOver}' '${child}' ${word}`, '/dev/null'])

      test('gets ^C once', async () => {
        const process = inTerminal('', 'signals')
        await process.ready
        process.write('\u{3}')
        const { code, stdout } = await process.ended
        expect(stdout.replaceAll(/\^C|\r/g, '')).toBe('ready\nSIGINT\n')
        expect(code).toBe(130)
      })

      test('sees its size', async () => {
        const process = inTerminal('stty cols 91 rows 17 &&', 'terminal')
        expect(JSON.parse((await process.ended).stdout)).toEqual({ isTTY: true, columns: 91, rows: 17 })
      })
    })

    test('starts the command line itself', async () => {
      const { code, stdout } = await start(node, [join(repository, 'bin/letterpress.js'), '--version']).ended
      expect(code).toBe(0)
      expect(stdout).toMatch(/^letterpress \d/)
    })
  })
}

// `script` of util-linux; that of BSD has other options.
function canMakeTerminal(): boolean {
  return process.platform === 'linux'
}

function start(command: string, args: readonly string[], options: SpawnOptions = {}): Started {
  const started = spawn(command, [...args], { ...options, stdio: 'pipe' })
  let stdout = ''
  let stderr = ''
  started.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
  started.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  return {
    ended: new Promise((resolve, reject) => {
      started.once('error', reject)
      started.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
    }),
    ready: new Promise((resolve) => {
      started.stdout.on('data', () => {
        if (stdout.includes('ready')) resolve()
      })
    }),
    kill: (signal) => void started.kill(signal),
    write: (data) => void started.stdin.write(data),
    end: () => started.stdin.end(),
  }
}
