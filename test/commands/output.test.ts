import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli } from '../helpers/cli.ts'
import { makeNewsletter, repository } from '../helpers/newsletter.ts'

const HEAD = '---\ntitle: Good\nweek: 2026-W34\npreheader: Something else\n---\nHello.\n\n## One\n\n'
const GOOD = `${HEAD}### [Entry](https://example.com/a)\n\nText.\n`
// More than a pipe holds.
const BAD =
  HEAD + Array.from({ length: 600 }, (_, i) => `### [Entry ${i}](javascript:alert(${i}))\n\nText.\n`).join('\n')

describe.skipIf(!existsSync('/dev/full'))('an output that goes wrong', () => {
  // Of the command, not of the pipe's last program.
  const runShell = (root: string, args: string, rest: string) =>
    spawnSync(
      'bash',
      ['--norc', '-c', `"$0" "$1" ${args} ${rest}`, process.execPath, join(repository, 'bin/letterpress.js')],
      {
        cwd: root,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], NO_COLOR: '1' },
      },
    )

  test.each(['check', '--json check', 'check --format github', '--version'])(
    '%s on a full disk: one line, 4',
    (args) => {
      const { status, stderr } = runShell(makeNewsletter({ 'issues/good.md': GOOD }), args, '> /dev/full')
      expect(stderr).toBe(
        'error command/output-lost  Standard output cannot be written: the disk is full. What the command did stays done.\n',
      )
      expect(status).toBe(4)
    },
  )

  test('an export on a full disk', () => {
    const root = makeNewsletter({})
    runShell(root, 'subscribers add ada@example.com', '')
    const { status, stderr } = runShell(root, 'subscribers export', '> /dev/full')
    expect(stderr.match(/\n/g)).toHaveLength(1)
    expect(status).toBe(4)
  })

  test.each([
    ['bad', BAD, 1],
    ['good', GOOD, 0],
  ])('a pipe that closes leaves the exit code alone: %s', (_, text, expected) => {
    const root = makeNewsletter({ 'issues/a.md': text, 'issues/b.md': text })
    const { stdout, stderr } = runShell(root, 'check', '| head -c 1 > /dev/null; echo ${PIPESTATUS[0]}')
    expect(stderr).toBe('')
    expect(stdout).toBe(`${expected}\n`)
  })

  test('a pipe that closes in the middle of a list', () => {
    const root = makeNewsletter({
      'list.csv': `email\n${Array.from({ length: 20_000 }, (_, i) => `reader${i}@example.com`).join('\n')}\n`,
    })
    runShell(root, 'subscribers import list.csv --yes', '')
    const { stdout, stderr } = runShell(root, 'subscribers export', '| head -c 1 > /dev/null; echo ${PIPESTATUS[0]}')
    expect(stderr).toBe('')
    expect(stdout).toBe('141\n')
  })
})

test.each([
  ['an unknown flag', ['--json', 'check', '--formatt', 'json'], 2, 'command/wrong-usage'],
  ['a global flag after the command', ['check', '--foo', '--json'], 2, 'command/wrong-usage'],
  ['an unknown command', ['--json', 'chekc'], 2, 'command/wrong-usage'],
  ['no command', ['--json'], 2, 'command/wrong-usage'],
  ['a missing argument', ['--json', 'test'], 2, 'command/wrong-usage'],
  ['an unknown issue', ['--json', 'check', 'nothing-like-it'], 2, 'issue/not-found'],
  ['no newsletter', ['--json', '--root', 'issues', 'check'], 2, 'config/not-found'],
  ['a file in the way', ['--json', 'build', '--out', 'issues/good.md/x'], 2, 'command/out-is-source'],
])('--json tells of %s in one document', async (_, args, expected, code) => {
  const result = await runCli(makeNewsletter({ 'issues/good.md': GOOD }), args)
  expect(result.code).toBe(expected)
  expect(JSON.parse(result.stdout)).toEqual({
    version: 1,
    error: { code, message: expect.stringMatching(/^(?!error)/) as string, hint: expect.any(String) as string },
  })
  expect(result.stderr).not.toBe('')
})

test('--json --version gives a document', async () => {
  const { code, stdout } = await runCli(repository, ['--json', '--version'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    letterpress: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
    node: process.versions.node,
  })
})

test('suggests only what is like what was typed', async () => {
  const root = makeNewsletter({})
  expect((await runCli(root, ['check', '--foo'])).stderr).not.toContain('Did you mean')
  expect((await runCli(root, ['check', '--fromat', 'json'])).stderr).toContain('Did you mean --format?')
  expect((await runCli(root, ['chekc'])).stderr).toContain('Did you mean check?')
})
