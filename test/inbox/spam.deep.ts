/**
 * Every template × every example issue as SpamAssassin 4 scores it by the rules that Debian packages, without the
 * network: −1.0 or less, and no rule above 0.3. It knows nothing of the sender's name, so that it is a floor against
 * gross damage. Never run sa-update: when that fails, it leaves an empty folder which hides all rules.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderExamples } from './examples.ts'
import { requireProgram, run } from './programs.ts'

const MOST_PER_MAIL = -1
const MOST_PER_RULE = 0.3
const SPAMASSASSIN = {
  name: 'SpamAssassin 4',
  packages: ['spamassassin', 'spamd', 'spamc'],
  probe: ['sh', '-c', 'command -v spamc && { spamd --version || /usr/sbin/spamd --version; } | grep -q "version 4"'],
} as const

interface Verdict {
  readonly score: number
  /** Points by rule. */
  readonly rules: Readonly<Record<string, number>>
}

/** What everybody would call spam: a picture without words, a subject in capitals. */
const SPAM = [
  'From: Prize <prize@news.example.com>',
  'To: lucia@example.com',
  'Subject: YOU HAVE WON A LARGE PRIZE TODAY',
  'Content-Type: text/html',
  '',
  '<html><body><a href="http://192.0.2.1/"><img src="http://192.0.2.1/a.gif"></a></body></html>',
].join('\r\n')

const port = await findPort()

describe.skipIf(!(await requireProgram(SPAMASSASSIN)))('SpamAssassin', () => {
  let daemon: ChildProcess
  beforeAll(async () => {
    daemon = spawn('/usr/sbin/spamd', ['-L', '-x', '-i', '127.0.0.1', '-p', String(port), '-m', '2', '-s', 'stderr'], {
      stdio: 'ignore',
    })
    for (let tries = 0; !(await isUp()) && tries < 300; tries++) await delay(200)
  }, 120_000)
  afterAll(() => {
    daemon.kill()
  })

  test('has its rules: it knows spam when it sees it', async () => {
    const { score, rules } = await judge(SPAM)
    expect(rules).toMatchObject({ MIME_HTML_ONLY: expect.any(Number), SUBJ_ALL_CAPS: expect.any(Number) })
    expect(score).toBeGreaterThan(2)
  })

  test('no example looks like spam', { timeout: 600_000 }, async () => {
    const problems: string[] = []
    const scores: number[] = []
    for (const { what, raw } of await renderExamples()) {
      const { score, rules } = await judge(raw)
      scores.push(score)
      const high = Object.entries(rules).filter(([, points]) => points > MOST_PER_RULE)
      if (score > MOST_PER_MAIL || high.length > 0) problems.push(`${what}: ${score} ${JSON.stringify(rules)}`)
    }
    console.warn(`SpamAssassin: ${scores.length} mails from ${Math.min(...scores)} to ${Math.max(...scores)}`)
    expect(problems).toEqual([])
  })
})

async function isUp(): Promise<boolean> {
  return (await run('spamc', ['-d', '127.0.0.1', '-p', String(port), '-K'])).code === 0
}

/** @throws Error when the daemon does not answer. */
async function judge(raw: string | Buffer): Promise<Verdict> {
  const { code, stdout, stderr } = await run('spamc', ['-d', '127.0.0.1', '-p', String(port), '-x', '-R'], {
    input: raw,
  })
  const score = /^(-?\d+\.\d+)\/\d/.exec(stdout)?.[1]
  if (score === undefined) throw new Error(`spamc gave no score (${code}): ${stdout}${stderr}`)
  const rows = stdout.matchAll(/^ *(-?\d+\.\d+) ([A-Z][A-Z0-9_]+)/gm)
  return {
    score: Number(score),
    rules: Object.fromEntries(Array.from(rows, ([, points, rule]) => [rule, Number(points)])),
  }
}

async function findPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
