import { spawn } from 'node:child_process'
import { join } from 'node:path'
import PostalMime, { type Email } from 'postal-mime'
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { afterAll, expect, onTestFinished } from 'vitest'
import { createPaint, systemClock, type Terminal } from '../../src/base/index.ts'
import { type Command, type CommandContext } from '../../src/commands/index.ts'
import { openDatabase } from '../../src/db/index.ts'
import type { RunStatus } from '../../src/delivery/index.ts'
import { startInbox } from '../../src/transport/index.ts'
import { type CliResult, runCli } from '../helpers/cli.ts'
import { makeNewsletter, repository, writeFolder } from '../helpers/newsletter.ts'
import type { ScriptedServer } from '../helpers/smtp-script.ts'

export const ISSUE =
  '---\ntitle: Good\nweek: 2026-W34\npreheader: Something else\n---\nHello {{ subscriber.name | default: "there" }}.\n\n## One\n\n### [Entry](https://example.com/a)\n\nText.\n'
const CONFIG =
  "export default { name: 'Test Letter', from: 'Test <test@news.example.com>', postalAddress: '1 Test Street', unsubscribe: 'mailto' }\n"

/** A newsletter with readers `reader-1@example.com` …, whose issue was test-sent. */
export interface Sending {
  readonly root: string
  readonly env: Readonly<Record<string, string>>
  /** @param env - over `SMTP_URL` and no limit. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<CliResult>
  /** In the background of this process. */
  begin(args: readonly string[], env?: Readonly<Record<string, string>>): Begun
  /** In a process of its own. */
  start(args: readonly string[], env?: Readonly<Record<string, string>>): Running
  status(): Promise<RunStatus>
}

export interface Begun {
  readonly stderr: () => string
  /** Does what Ctrl-C does. */
  stop(): void
  readonly code: Promise<number | null>
}

export interface Running {
  readonly pid: number
  readonly stderr: () => string
  kill(signal: NodeJS.Signals): void
  readonly code: Promise<number | null>
}

/** @param port - of the SMTP server; missing: the embedded inbox. */
export async function makeSending(
  readers: number,
  port?: number,
  files: Readonly<Record<string, string>> = {},
): Promise<Sending> {
  const root = makeNewsletter({})
  cpSync(await makeTested({ 'issues/good.md': ISSUE, 'letterpress.config.ts': CONFIG, ...files }), root, COPY)
  await addReaders(root, readers)
  const base = {
    LETTERPRESS_LIMITS_PER_SECOND: 'unlimited',
    LETTERPRESS_RETRY_RECONNECT_MS: '50',
    LETTERPRESS_SMTP_CONNECTIONS: '4',
    ...(port === undefined ? {} : { SMTP_URL: `smtp://127.0.0.1:${port}` }),
  }
  const run: Sending['run'] = async (args, env = {}) => await runCli(root, args, { ...base, ...env })
  return {
    root,
    env: base,
    run,
    begin: (args, env = {}) => begin(root, args, { ...base, ...env }),
    start: (args, env = {}) => start(root, args, { ...base, ...env }),
    status: async () => JSON.parse((await run(['--json', 'status', 'good'])).stdout) as RunStatus,
  }
}

const COPY = { recursive: true }
const tested = new Map<string, Promise<string>>()
afterAll(async () => {
  for (const root of tested.values()) rmSync(await root, { recursive: true, force: true })
})

/** A folder with these files whose issue was test-sent, once for all tests of a file. */
async function makeTested(files: Readonly<Record<string, string>>): Promise<string> {
  const key = JSON.stringify(files)
  const made = tested.get(key) ?? testSend(writeFolder(files))
  tested.set(key, made)
  return await made
}

async function testSend(root: string): Promise<string> {
  const inbox = await startInbox({ folder: join(root, 'tests'), port: 0, clock: systemClock })
  const env = { SMTP_URL: `smtp://127.0.0.1:${inbox.port}` }
  const { code, stderr } = await runCli(root, ['test', 'good', '--to', 'me@example.com'], env)
  await inbox.close()
  if (code !== 0) throw new Error(stderr)
  return root
}

export async function addReaders(root: string, count: number, from = 1): Promise<void> {
  const db = await openDatabase({ url: 'sqlite:data/letterpress.db', root })
  await db.runEach(
    `INSERT INTO subscribers (id, email, email_key, name, status, tags, fields, joined_at, created_at, updated_at)
      VALUES (?, ?, ?, ?, 'active', ?, '{}', 0, 0, 0)`,
    Array.from({ length: count }, (_, index) => {
      const number = from + index
      const email = `reader-${number}@example.com`
      return [`r${number}`, email, email, `Reader ${number}`, number % 2 === 0 ? ';even;' : '']
    }),
  )
  await db.close()
}

function begin(root: string, args: readonly string[], env: Readonly<Record<string, string>>): Begun {
  const controller = new AbortController()
  let stderr = ''
  const onStderr = (text: string) => void (stderr += text)
  const ended = runCli(root, args, env, { signal: controller.signal, onStderr })
  onTestFinished(async () => {
    controller.abort()
    await ended
  })
  return { stderr: () => stderr, stop: () => controller.abort(), code: ended.then(({ code }) => code) }
}

function start(root: string, args: readonly string[], env: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, [join(repository, 'bin/letterpress.js'), ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], NO_COLOR: '1', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  const code = new Promise<number | null>((resolve) => child.once('close', resolve))
  if (child.pid === undefined) throw new Error('the command did not start')
  return { pid: child.pid, stderr: () => stderr, kill: (signal) => void child.kill(signal), code }
}

/** What a person at a terminal answers; undefined: Ctrl-C. */
export type Answer = (question: string) => Promise<string | undefined> | string | undefined

/** A command in this process, on the issue `good`, with somebody who answers. @param more - of its context. */
export async function runAsked(
  { root, env }: Sending,
  command: Command,
  options: Readonly<Record<string, string | boolean>>,
  answer: Answer,
  more: Partial<CommandContext> = {},
): Promise<CliResult & { readonly asked: readonly string[] }> {
  const [asked, out, err] = [[] as string[], [] as string[], [] as string[]]
  const say = (lines: string[]) => (line: string) => void lines.push(line)
  const paint = createPaint(false)
  const terminal: Terminal = {
    out: say(out),
    note: say(err),
    err: say(err),
    rewrite: () => undefined,
    paint,
    errPaint: paint,
    isQuiet: false,
    isInteractive: true,
    ask: async (question) => {
      asked.push(question)
      return await answer(question)
    },
  }
  const { signal } = new AbortController()
  const { stdin, stdout } = process
  const context = {
    root,
    cwd: root,
    terminal,
    stdin,
    stdout,
    json: false,
    environment: env,
    clock: systemClock,
    signal,
  }
  const code = await command.run({ ...context, ...more }, ['good'], options)
  return { code, stdout: out.join('\n'), stderr: err.join('\n'), asked }
}

/** An inbox of this process, with the port it listens on. */
export async function openServer(root: string): Promise<{ readonly port: number; readonly folder: string }> {
  const folder = join(root, 'server')
  const inbox = await startInbox({ folder, port: 0, clock: systemClock })
  onTestFinished(() => inbox.close())
  return { port: inbox.port, folder }
}

export async function readMails(folder: string): Promise<Email[]> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.eml'))
  return await Promise.all(names.map((name) => PostalMime.parse(readFileSync(join(folder, name)))))
}

/** Whom scripted servers were asked to mail, for each whole message. */
export function listReceivers(messages: readonly Buffer[]): string[] {
  return messages.map((message) => /^To: .*?([\w.+-]+@[\w.-]+)>?\r?$/m.exec(String(message))?.[1] ?? '?')
}

/** Waits until the server has so many messages, or the command has ended. */
export async function untilSent(server: ScriptedServer, count: number, { code }: Running): Promise<void> {
  let isOver = false
  void code.then(() => (isOver = true))
  while (server.messages.length < count && !isOver) await new Promise((resolve) => setTimeout(resolve, 2))
}

/**
 * Sends a signal that is no echo of the one before: the process must have seen that one half a second ago, and only it
 * knows when. So it gets one again until it has ended.
 */
export async function endByLater(running: Running, signal: NodeJS.Signals): Promise<void> {
  let isOver = false
  const ended = running.code.then(() => (isOver = true))
  while (!isOver) {
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 700))])
    if (!isOver) running.kill(signal)
  }
}

/** Whom the server has from whole messages: each at most once. */
export function expectNobodyTwice(server: ScriptedServer): void {
  const receivers = listReceivers(server.messages)
  expect(new Set(receivers).size).toBe(receivers.length)
  expect(receivers).not.toContain('?')
}

/** What the store holds. */
export async function readRows(root: string, sql: string): Promise<unknown[]> {
  const db = await openDatabase({ url: 'sqlite:data/letterpress.db', root })
  const rows = await db.all(sql)
  await db.close()
  return rows
}
