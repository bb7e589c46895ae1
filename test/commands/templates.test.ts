import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { adaptSource } from '../../src/commands/templates/adapt-source.ts'
import { runCli } from '../helpers/cli.ts'
import { makeNewsletter, openNewsletter } from '../helpers/newsletter.ts'

const issue = (template?: string) =>
  `---\ntitle: A\nweek: 2026-W30\npreheader: More\n${template ? `template: ${template}\n` : ''}---\nHello.\n\n## S\n\n### [E](https://example.com)\n\nWords.\n`

describe('templates list', () => {
  test('shows engine, file, whose it is, what it is for, and the issues of each', async () => {
    const root = makeNewsletter({
      'emails/mine.tsx': '/** For quiet weeks. And more. */\nexport default () => null\n',
      'templates/plain.mjml': '<mjml></mjml>',
      'issues/a.md': issue('mine'),
      'issues/b.md': issue(),
      'issues/broken.md': '# No',
    })
    const { code, stdout, stderr } = await runCli(root, ['templates', 'list'])
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'Start your own: `letterpress templates new NAME --from digest`\n',
    })
    expect(stdout).toContain('mine  React, emails/mine.tsx, yours\n  For quiet weeks.\n  1 issue: a\n')
    expect(stdout).toContain('plain  MJML, templates/plain.mjml, yours\n  no issue uses it\n')
    expect(stdout).toMatch(/^compact {2}MJML, templates\/compact\.mjml, built in\n {2}The lightest letter: .*\n/m)
    expect(stdout).toMatch(/^digest {2}React, emails\/digest\.tsx, built in, the default\n.*\n {2}1 issue: b\n/m)
  })

  test('--json is one document', async () => {
    const root = makeNewsletter({ 'issues/a.md': issue('classic'), 'emails/digest.tsx': 'export default () => null' })
    const { stdout } = await runCli(root, ['--json', 'templates', 'list'])
    const { version, templates } = JSON.parse(stdout) as { version: number; templates: { name: string }[] }
    expect(version).toBe(1)
    expect(templates.find(({ name }) => name === 'classic')).toMatchObject({
      engine: 'mjml',
      file: 'templates/classic.mjml',
      from: 'letterpress',
      isDefault: false,
      issues: ['a'],
    })
    // The author's stands before the built-in one of the same name.
    expect(templates.filter(({ name }) => name === 'digest')).toEqual([
      {
        name: 'digest',
        engine: 'react',
        file: 'emails/digest.tsx',
        from: 'newsletter',
        summary: '',
        isDefault: true,
        issues: [],
      },
    ])
  })
})

describe('templates new', () => {
  test.each(['digest', 'brief', 'classic', 'compact'])('a copy of %s draws an issue as it does', async (from) => {
    const root = makeNewsletter({ 'issues/a.md': issue('my-own'), 'issues/b.md': issue(from) })
    const { code, stdout, stderr } = await runCli(root, ['templates', 'new', 'my-own', '--from', from])
    const file = from === 'digest' || from === 'brief' ? 'emails/my-own.tsx' : 'templates/my-own.mjml'
    expect({ code, stdout }).toEqual({ code: 0, stdout: `Wrote ${file}, a copy of ${from}.\n` })
    expect(stderr).toContain('Next: `template: my-own`')
    const [own, builtIn] = await (await openNewsletter(root)).inspect(['a', 'b'])
    expect([own?.diagnostics, own?.findings]).toEqual([[], []])
    expect(own?.rendered?.html).toEqual(builtIn?.rendered?.html)
    expect(readFileSync(join(root, file), 'utf8')).not.toMatch(/from '\.|Digest|Brief\b/)
  })

  test('overwrites nothing, in neither folder', async () => {
    const root = makeNewsletter({ 'emails/mine.tsx': 'mine' })
    for (const from of ['digest', 'compact']) {
      const { code, stderr } = await runCli(root, ['templates', 'new', 'mine', '--from', from])
      expect(code).toBe(2)
      expect(stderr).toContain('emails/mine.tsx exists already. Nothing was written.')
    }
    expect(readFileSync(join(root, 'emails/mine.tsx'), 'utf8')).toBe('mine')
    expect(existsSync(join(root, 'templates'))).toBe(false)
  })

  test.each(['../evil', 'Über', 'a b', 'a.b', '-a', ''])('refuses the name %j', async (name) => {
    const root = makeNewsletter({})
    const { code, stderr } = await runCli(root, ['templates', 'new', '--', name])
    expect(code).toBe(2)
    expect(stderr).toContain('cannot be the name of a template. Nothing was written.')
    expect(existsSync(join(root, 'emails'))).toBe(false)
  })

  test('--json says where it lies', async () => {
    const { stdout } = await runCli(makeNewsletter({}), ['--json', 'templates', 'new', '24-hours', '--from', 'brief'])
    expect(JSON.parse(stdout)).toEqual({ version: 1, name: '24-hours', from: 'brief', file: 'emails/24-hours.tsx' })
  })

  test('a name of digits makes a component', () => {
    expect(adaptSource('export default function Brief(', 'brief', '24-hours')).toBe(
      'export default function Template24Hours(',
    )
  })
})
