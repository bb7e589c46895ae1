import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ED25519, RSA } from '../doctor/keys.ts'
import { SOUND } from '../doctor/zones/index.ts'
import { runCli } from '../helpers/cli.ts'
import { startDns, type Zone } from '../helpers/dns-server.ts'
import { makeNewsletter, repository } from '../helpers/newsletter.ts'
import { startScript } from '../helpers/smtp-script.ts'

const CONFIG = `export default {
  name: 'Test Letter',
  from: 'Ada <ada@news.example.com>',
  url: 'https://news.example.com',
  postalAddress: '1 Example Street',
  reason: 'You signed up.',
  dkim: {
    domain: 'news.example.com', selector: 's1', keyFile: 'dkim/s1.pem',
    ed25519: { selector: 'e1', keyFile: 'dkim/e1.pem' },
  },
  bounces: { domain: 'b.news.example.com' },
}
`
const ISSUE =
  '---\ntitle: Good\nweek: 2026-W34\npreheader: Something else\n---\nHello.\n\n## One\n\n### [Entry](https://example.com/a)\n\nText.\n'
const FILES = { 'letterpress.config.ts': CONFIG, 'issues/good.md': ISSUE, 'dkim/s1.pem': RSA, 'dkim/e1.pem': ED25519 }
const EXTENSIONS = ['AUTH PLAIN', 'SIZE 20000000', 'SMTPUTF8', 'PIPELINING', '8BITMIME']

/** Starts `serve` on a free port. @returns its address. */
async function startServe(root: string): Promise<string> {
  const child = spawn(process.execPath, [join(repository, 'bin/letterpress.js'), '--json', 'serve', '--port', '0'], {
    cwd: root,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = new Promise((resolve) => child.once('close', resolve))
  onTestFinished(async () => {
    child.kill('SIGTERM')
    expect(await closed).toBe(0)
  })
  for await (const line of child.stdout) return (JSON.parse(String(line)) as { url: string }).url
  throw new Error('serve said nothing')
}

/** A newsletter with all that surrounds it: a server for mail, one for names, and its site. */
async function makeWorld(zone: Zone = SOUND) {
  const root = makeNewsletter({ ...FILES, '.env': `LETTERPRESS_SECRET=${randomBytes(32).toString('base64url')}\n` })
  const [dns, smtp, site] = [
    await startDns(zone),
    await startScript({ extensions: EXTENSIONS }),
    await startServe(root),
  ]
  const env = {
    SMTP_URL: `smtp://ada:hunter2-and-more@127.0.0.1:${smtp.port}`,
    LETTERPRESS_URL: site,
    LETTERPRESS_DOCTOR_RESOLVER: dns.address,
  }
  return { root, env, dns, smtp }
}

interface Document {
  readonly problems: number
  readonly warnings: number
  readonly statements: readonly {
    mark: string
    fault?: string
    message: string
    records: readonly { zoneLine: string }[]
  }[]
}

test('finds nothing wrong where nothing is, also with a running serve', async () => {
  const { root, env, dns, smtp } = await makeWorld()
  const { stdout, code, stderr } = await runCli(root, ['--json', 'doctor', '--online'], env)
  const { statements, problems } = JSON.parse(stdout) as Document
  const told = statements.filter(({ mark }) => mark === 'problem' || mark === 'warning').map(({ fault }) => fault)
  // A test has no https, and its files are readable for everybody.
  expect(told).toEqual(['site/local', 'file-modes/readable', 'file-modes/readable', 'file-modes/readable'])
  expect(statements.map(({ message }) => message)).toContain(
    `${env.LETTERPRESS_URL} answers one-click as RFC 8058 asks.`,
  )
  expect(problems).toBe(0)
  expect(stderr).toBe('')
  expect(code).toBe(0)
  expect(stdout).not.toContain('hunter2')
  expect(smtp.commands.some((line) => /^(?:MAIL|RCPT|DATA)/.test(line))).toBe(false)
  expect(dns.questions).toContain('TXT _dmarc.news.example.com')
})

test('says what to publish, ready to copy, on a terminal of 80 columns', async () => {
  const zone = Object.fromEntries(Object.entries(SOUND).filter(([name]) => !/^(?:s1\._domainkey|_dmarc)/.test(name)))
  const { root, env } = await makeWorld(zone)
  const { stdout, code } = await runCli(root, ['doctor', '--online'], env)
  expect(code).toBe(4)
  const lines = stdout.split('\n')
  expect(lines).toContain('  ✗ s1._domainkey.news.example.com has no record.')
  expect(lines).toContain('    name    _dmarc.example.com')
  expect(lines).toContain('    value   v=DMARC1; p=none; rua=mailto:dmarc-reports@example.com')
  const value = lines.find((line) => line.startsWith('v=DKIM1; k=rsa; p=')) ?? ''
  const strings = lines.find((line) => line.startsWith('s1._domainkey.news.example.com. IN TXT "')) ?? ''
  expect([...strings.matchAll(/"([^"]*)"/g)].map(([, text]) => text).join('')).toBe(value)
  expect(Math.max(...[...strings.matchAll(/"([^"]*)"/g)].map(([, text = '']) => text.length))).toBe(255)
  const wide = lines.filter((line) => line.length > 80 && line !== value && line !== strings)
  expect(wide).toEqual([])
  expect(lines.slice(-2)[0]).toMatch(/^2 problems and \d warnings?\.$/)
})

test('a configuration that cannot be read is the first finding, and exit 2', async () => {
  const root = makeNewsletter({ 'letterpress.config.ts': "export default { name: 'X', form: 'x' }\n" })
  const { stdout, code } = await runCli(root, ['--json', 'doctor'])
  expect(code).toBe(2)
  const { statements } = JSON.parse(stdout) as Document
  expect(statements).toMatchObject([{ mark: 'problem', fault: 'configuration/broken' }])
  expect(statements[0]?.message).toContain('Did you mean "from"?')
})

test('a configuration that is wrong comes before an environment that failed', async () => {
  expect((await runCli(makeNewsletter({}), ['doctor'], { SMTP_URL: 'smtp://127.0.0.1:1' })).code).toBe(2)
})

test('changes nothing', async () => {
  const root = makeNewsletter(FILES)
  const { code, stdout } = await runCli(root, ['doctor'])
  expect(code).toBe(0)
  expect(stdout).toContain('DNS and the site were not asked; add --online.')
  expect(['.env', 'data'].filter((name) => existsSync(join(root, name)))).toEqual([])
})

test('refuses a name as a name server', async () => {
  const result = await runCli(makeNewsletter(FILES), ['doctor', '--online', '--resolver', 'dns.example.com'])
  expect(result.code).toBe(2)
  expect(result.stderr).toContain('doctor/invalid-resolver')
})
