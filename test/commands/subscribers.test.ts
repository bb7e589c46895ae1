import { existsSync, readFileSync, statSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { runCli } from '../helpers/cli.ts'
import { makeNewsletter, repository } from '../helpers/newsletter.ts'

const LIST = 'email,name,tags,status\nada@example.com,Ada,beta,\nbob@example.com,Bob,,unsubscribed\n'

async function runIn(root: string, ...args: readonly string[]) {
  return await runCli(root, ['subscribers', ...args])
}

test('imports, shows, removes and exports a list, each with the right words and exit code', async () => {
  const root = makeNewsletter({ 'list.csv': LIST })
  const imported = await runIn(root, 'import', 'list.csv')
  expect(imported).toMatchObject({ code: 0, stderr: '' })
  expect(imported.stdout).toMatch(/^list\.csv: 2 rows\n {2}2 new\n$/)
  const shown = await runIn(root, 'show', 'ADA@example.com')
  expect(shown.stdout).toMatch(/^ada@example\.com\n {2}name {6}Ada\n {2}status {4}active\n/)
  expect(shown.stdout).toMatch(/UTC {2}imported {2}import, list\.csv\n$/)
  expect(await runIn(root, 'add', 'bob@example.com')).toMatchObject({
    code: 1,
    stderr: 'Not added: bob@example.com is unsubscribed. Only they themselves can come back, by signing up.\n',
  })
  expect(
    (await runIn(root, 'add', 'eve@example.com', '--name', 'Eve', '--tags', 'beta;Weekly', '--language', 'pt_br')).code,
  ).toBe(0)
  expect((await runIn(root, 'remove', 'ada@example.com')).stdout).toMatch(/^Removed ada@example\.com/)
  const { stdout } = await runIn(root, 'export')
  expect(stdout.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'NOW').split('\r\n')).toEqual([
    'email,name,language,tags,status,joined,source',
    'ada@example.com,Ada,,beta,unsubscribed,NOW,',
    'bob@example.com,Bob,,,unsubscribed,NOW,',
    'eve@example.com,Eve,pt-BR,"beta;weekly",active,NOW,',
    '',
  ])
})

test('a trial writes nothing, and invalid rows make exit code 1', async () => {
  const root = makeNewsletter({ 'list.csv': `${LIST}no address,,,\n` })
  const trial = await runIn(root, 'import', 'list.csv', '--dry-run')
  expect(trial.code).toBe(1)
  expect(trial.stdout).toContain('line 4: "no address" is no address: it has no @')
  expect(trial.stdout).toContain('A trial: nothing was written.')
  expect((await runIn(root, 'list')).stdout).toBe('Nobody is on the list.\n')
})

test('--json is one document, with every problem and its line', async () => {
  const rows = Array.from({ length: 30 }, (_, index) => `bad${index}`).join('\n')
  const root = makeNewsletter({ 'list.csv': `email\n${rows}\na@example.com\n` })
  const { code, stdout } = await runCli(root, ['--json', 'subscribers', 'import', 'list.csv'])
  const report = JSON.parse(stdout) as { problems: unknown[] }
  expect(code).toBe(1)
  expect(report).toMatchObject({
    version: 1,
    file: 'list.csv',
    dryRun: false,
    rows: 31,
    new: 1,
    invalid: 30,
    kept: 0,
    duplicate: 0,
  })
  expect(report.problems).toHaveLength(30)
  expect(report.problems[0]).toEqual({ line: 2, kind: 'invalid', reason: '"bad0" is no address: it has no @' })
  const people = await runIn(root, 'import', 'list.csv')
  expect(people.stdout.match(/line \d+:/g)).toHaveLength(20)
  expect(people.stdout).toContain('… and 10 more (--json lists them)')
  const list = JSON.parse((await runCli(root, ['--json', 'subscribers', 'list'])).stdout) as unknown
  expect(list).toMatchObject({
    version: 1,
    counts: { active: 1 },
    audience: 1,
    readers: [{ email: 'a@example.com' }],
    next: null,
  })
  const exported = JSON.parse((await runCli(root, ['--json', 'subscribers', 'export'])).stdout) as unknown
  expect(exported).toMatchObject({ version: 1, readers: [{ email: 'a@example.com' }] })
})

test('reads a list from standard input', async () => {
  const root = makeNewsletter({})
  const child = spawn(process.execPath, [join(repository, 'bin/letterpress.js'), 'subscribers', 'import', '-'], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(LIST)
  child.stdout.resume()
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0)
  expect((await runIn(root, 'list')).stdout).toMatch(/^2 readers: 1 active, 1 unsubscribed; an issue goes to 1\n/)
})

test('pages through the list, by segment and status', async () => {
  const rows = Array.from({ length: 7 }, (_, index) => `r${index}@example.com,${index % 2 ? 'odd' : 'even'}`)
  const root = makeNewsletter({ 'list.csv': `email,tags\n${rows.join('\n')}\n` })
  await runIn(root, 'import', 'list.csv')
  const first = await runIn(root, 'list', '--segment', 'tag:even', '--limit', '3')
  expect(first.stdout.match(/r\d/g)).toEqual(['r0', 'r2', 'r4'])
  const after = /--after (\d+)/.exec(first.stderr)?.[1] ?? ''
  const second = await runIn(root, 'list', '--segment', 'tag:even', '--limit', '3', '--after', after)
  expect(second.stdout.match(/r\d/g)).toEqual(['r6'])
  expect(second.stderr).toBe('')
  expect((await runIn(root, 'list', '--status', 'bounced')).stdout).not.toContain('@')
})

test('writes a file for its owner alone, whole or not at all', async () => {
  const root = makeNewsletter({ 'list.csv': LIST })
  await runIn(root, 'import', 'list.csv')
  expect((await runIn(root, 'export', '--out', 'out.csv')).code).toBe(0)
  expect(statSync(join(root, 'out.csv')).mode & 0o777).toBe(0o600)
  expect(readFileSync(join(root, 'out.csv'), 'utf8')).toMatch(/^\u{FEFF}email,/u)
  expect((await runIn(root, 'import', 'out.csv')).stdout).toContain('2 unchanged')
  const failed = await runIn(root, 'export', '--out', 'missing/folder/out.csv')
  expect(failed).toMatchObject({ code: 4 })
  expect(failed.stderr).toContain('command/file-not-written')
  expect(existsSync(join(root, 'missing'))).toBe(false)
})

test.each([
  [['import', 'missing.csv'], 'command/file-unreadable'],
  [['import', '.'], 'command/file-unreadable'],
  [['import', 'letterpress.config.ts'], 'subscriber/missing-column'],
  [['show', 'not an address'], 'command/invalid-email'],
  [['add', 'Ada <ada@example.com>'], 'command/invalid-email'],
  [['show', 'nobody@example.com'], 'command/unknown-subscriber'],
  [['remove', 'nobody@example.com'], 'command/unknown-subscriber'],
  [['list', '--segment', 'beta'], 'subscriber/invalid-segment'],
  [['list', '--limit', '0'], 'command/invalid-option'],
  [['list', '--limit', 'many'], 'command/invalid-option'],
  [['list', '--status', 'gone'], '--status'],
  [['add', 'a@example.com', '--language', '???'], 'command/invalid-option'],
  [['add', 'a@example.com', '--tags', 'x'.repeat(65)], 'command/invalid-option'],
  [['import'], 'missing required argument'],
  [['imprt', 'x'], 'Did you mean import?'],
  [[], 'Usage: letterpress subscribers COMMAND'],
])('subscribers %j is wrong usage, said in words', async (args, words) => {
  const { code, stderr } = await runIn(makeNewsletter({}), ...args)
  expect(code).toBe(2)
  expect(stderr).toContain(words)
})

test.each([
  ['mysql://x', 2, 'db/unknown-scheme'],
  ['postgres://x', 2, 'db/postgres-not-yet'],
  ['sqlite:list.csv', 4, 'db/not-a-database'],
  ['sqlite:list.csv/x.db', 4, 'db/cannot-open'],
])('DATABASE_URL=%s ends with %i', async (url, code, words) => {
  const root = makeNewsletter({ 'list.csv': `${LIST}${'padding@example.com,,,\n'.repeat(100)}` })
  const result = await runCli(root, ['subscribers', 'list'], { DATABASE_URL: url })
  expect(result.code).toBe(code)
  expect(result.stderr).toContain(words)
})

test('a store that somebody else is writing is waited for', async () => {
  const root = makeNewsletter({ 'list.csv': LIST })
  await runIn(root, 'list')
  const other = new DatabaseSync(join(root, 'data/letterpress.db'))
  other.exec('BEGIN IMMEDIATE')
  setTimeout(() => other.exec('COMMIT'), 600)
  expect((await runIn(root, 'import', 'list.csv')).code).toBe(0)
  other.close()
})

test('Ctrl-C in the middle of an import changes nothing and ends with 130', async () => {
  const root = makeNewsletter({})
  const { child, ended, said } = await startImport(root)
  const more = setInterval(() => child.stdin.write('more@example.com,,,\n'), 20)
  child.kill('SIGINT')
  expect(await ended).toBe(130)
  clearInterval(more)
  expect(said()).toContain('Nothing was changed.')
  expect((await runIn(root, 'list')).stdout).toBe('Nobody is on the list.\n')
})

test('Ctrl-C ends an import that waits for standard input', async () => {
  const { child, ended } = await startImport(makeNewsletter({}))
  child.kill('SIGINT')
  expect(await ended).toBe(130)
  child.stdin.destroy()
})

/** More than the pipe to a process holds: written means that the process reads, and then it also listens for signals. */
const MORE_THAN_A_PIPE = 'more@example.com,,,\n'.repeat(100_000)

/** An import from standard input that has read some of it and waits for more. */
async function startImport(cwd: string) {
  const child = spawn(process.execPath, [join(repository, 'bin/letterpress.js'), 'subscribers', 'import', '-'], {
    cwd,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
  child.stdin.on('error', () => undefined)
  const ended = new Promise((resolve) => child.once('close', resolve))
  await new Promise((resolve) => child.stdin.write(`${LIST}${MORE_THAN_A_PIPE}`, resolve))
  return { child, ended, said: () => said }
}
