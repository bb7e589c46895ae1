import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type CliResult, runCli } from '../helpers/cli.ts'
import { makeNewsletter, repository } from '../helpers/newsletter.ts'
import { startReceiver } from './receiver-process.ts'

const ISSUE =
  '---\ntitle: Good\nweek: 2026-W34\npreheader: Something else\n---\nHello {{ subscriber.name | default: "there" }}.\n\n## One\n\n### [Entry](https://example.com/a)\n\nText.\n'
const CONFIG =
  "export default { name: 'Test Letter', from: 'Test <test@news.example.com>', postalAddress: '1 Test Street', unsubscribe: 'mailto' }\n"
/** Who must never be mailed: they had left before the issue was approved. */
const LEFT = ['unsubscribed', 'bounced', 'complained'].flatMap((status) =>
  Array.from({ length: 10 }, (_, index) => ({ email: `${status}-${index}@example.com`, status })),
)

/** A send that has not ended by then never will; none has more than seconds of work. */
const STUCK_MS = 150_000

type Variables = Readonly<Record<string, string>>

/** A folder with an issue `good` that was test-sent, and readers `reader-1@example.com` …, driven by its command line. */
export interface Newsletter {
  readonly root: string
  /** The active readers' addresses. */
  readonly audience: readonly string[]
  /** Of {@link LEFT}. */
  readonly left: readonly string[]
  /** What sends that did not end by themselves had said. */
  readonly stuck: readonly string[]
  run(args: readonly string[], env?: Variables): Promise<CliResult>
  /** `send good --yes` in the background, with these arguments besides. */
  send(args?: readonly string[], env?: Variables, shell?: readonly string[]): Sender
  status(): Promise<Status>
  /** The state of everybody who has a row. */
  states(): Promise<ReadonlyMap<string, string>>
  /** Unsubscribes readers, as their own wish. */
  remove(emails: readonly string[]): Promise<void>
}

/** What `status --json` gives. */
export interface Status extends Readonly<Record<string, number | string | null>> {
  readonly state: string
}

export interface Sender {
  readonly pid: number
  readonly child: ChildProcess
  readonly stderr: () => string
  readonly isOver: () => boolean
  /** Null when it was killed. */
  readonly code: Promise<number | null>
}

/** A newsletter to copy: list imported, issue tested. It is removed with the test. */
export async function prepareNewsletter(readers: number): Promise<string> {
  const root = makeNewsletter({ 'issues/good.md': ISSUE, 'letterpress.config.ts': CONFIG })
  const rows = [
    ...listAudience(readers).map((email, index) => `${email},Reader ${index + 1},active`),
    ...LEFT.map(({ email, status }) => `${email},Gone,${status}`),
  ]
  writeFileSync(join(root, 'list.csv'), ['email,name,status', ...rows, ''].join('\n'))
  const server = await startReceiver({ log: join(root, 'test.log') })
  const env = { SMTP_URL: `smtp://127.0.0.1:${server.port}` }
  for (const args of [
    ['subscribers', 'import', 'list.csv', '--yes'],
    ['test', 'good', '--to', 'me@example.com'],
  ]) {
    const { code, stderr } = await runCli(root, args, env)
    if (code !== 0) throw new Error(stderr)
  }
  await server.kill()
  return root
}

function listAudience(readers: number): string[] {
  return Array.from({ length: readers }, (_, index) => `reader-${index + 1}@example.com`)
}

/** @param env - over what every command gets: the server, no limit, short waits. */
export function copyNewsletter(from: string, readers: number, port: number, env: Variables = {}): Newsletter {
  const root = mkdtempSync(join(tmpdir(), 'letterpress-chaos-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  cpSync(from, root, { recursive: true })
  const base = {
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    LETTERPRESS_LIMITS_PER_SECOND: 'unlimited',
    LETTERPRESS_RETRY_FIRST_MS: '100',
    LETTERPRESS_RETRY_RECONNECT_MS: '20',
    LETTERPRESS_RETRY_RECONNECTS: '1000',
    ...env,
  }
  const run: Newsletter['run'] = async (args, more = {}) => await runCli(root, args, { ...base, ...more })
  const must = async (args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(args)
    if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
    return stdout
  }
  const stuck: string[] = []
  return {
    root,
    stuck,
    audience: listAudience(readers),
    left: LEFT.map(({ email }) => email),
    run,
    send: (args = [], more = {}, shell = []) => {
      const command = [...shell, process.execPath, bin, 'send', 'good', '--yes', ...args]
      const sender = startSender(root, command, { ...base, ...more })
      const timer = setTimeout(() => {
        stuck.push(`send did not end: ${sender.stderr()}`)
        sender.child.kill('SIGKILL')
      }, STUCK_MS)
      void sender.code.then(() => clearTimeout(timer))
      return sender
    },
    status: async () => JSON.parse(await must(['--json', 'status', 'good'])) as Status,
    states: async () => readStates(await must(['status', 'good', '--csv'])),
    remove: async (emails) => {
      appendFileSync(
        join(root, 'gone.csv'),
        ['email,status', ...emails.map((one) => `${one},unsubscribed`), ''].join('\n'),
      )
      await must(['subscribers', 'import', 'gone.csv', '--yes'])
      rmSync(join(root, 'gone.csv'))
    },
  }
}

const bin = join(repository, 'bin/letterpress.js')

function readStates(csv: string): ReadonlyMap<string, string> {
  const [header = '', ...lines] = csv.trimEnd().split('\n')
  const [email, state] = [header.split(',').indexOf('email'), header.split(',').indexOf('state')]
  const cells = lines.filter((line) => line !== '').map((line) => line.split(','))
  return new Map(cells.map((row) => [row[email] ?? '?', row[state] ?? '?']))
}

function startSender(root: string, [command = '', ...args]: readonly string[], env: Variables): Sender {
  const child = spawn(command, args, {
    cwd: root,
    env: { PATH: process.env['PATH'], NO_COLOR: '1', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stderr = ''
  let isOver = false
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  const code = new Promise<number | null>((resolve) => child.once('close', resolve))
  void code.then(() => (isOver = true))
  if (child.pid === undefined) throw new Error('the command did not start')
  return { pid: child.pid, child, stderr: () => stderr, isOver: () => isOver, code }
}
