import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { App } from '../../src/app.ts'
import { openNewsletter, repository } from '../helpers/newsletter.ts'
import { findActive } from './inert.ts'

interface Case {
  readonly id: string
  readonly source: string
  readonly whole?: boolean
  readonly expect: 'inert' | 'rejected' | 'either'
  readonly forbid?: readonly string[]
}

const FILES = ['cases.yaml', 'held-out.yaml']
const TEMPLATES = ['digest', 'classic'] as const

function load(file: string): Case[] {
  return (parse(readFileSync(join(repository, 'test/fixtures/hostile', file), 'utf8')) as { cases: Case[] }).cases
}

function wrap({ source, whole }: Case): string {
  if (whole) return source
  return `---\ntitle: Hostile\nweek: 2024-W11\npreheader: Nothing to see\n---\nHello.\n\n## Section\n\n### Entry\n\nBefore.\n\n${source}\n`
}

let app: App
const clean = new Map<string, string>()
beforeAll(async () => {
  app = await openNewsletter()
  for (const template of TEMPLATES) {
    const { rendered } = await app.inspectSource(
      wrap({ id: '', source: '', expect: 'inert' }),
      'issues/clean.md',
      template,
    )
    if (rendered) clean.set(template, app.read(rendered).html)
  }
})

const before = Object.getOwnPropertyNames(Object.prototype).join()

describe.each(FILES)('hostile issues of %s', (file) => {
  test.each(load(file).map((hostile) => [hostile.id, hostile] as const))(
    '%s comes out inert or is refused',
    async (_, hostile) => {
      const outcomes = await Promise.all(
        TEMPLATES.map(async (template) => await app.inspectSource(wrap(hostile), 'issues/hostile.md', template)),
      )
      for (const { diagnostics, rendered } of outcomes) {
        const errors = diagnostics.filter(({ severity }) => severity === 'error')
        expect(JSON.stringify(diagnostics), 'a stack trace').not.toMatch(/\n\s+at /)
        expect(diagnostics.map(({ message }) => message).join(), 'control characters in a message').not.toMatch(
          /[\p{Cc}\u{202A}-\u{202E}]/u,
        )
        if (hostile.expect === 'inert') expect(errors).toEqual([])
        if (hostile.expect === 'rejected') expect(errors.length).toBeGreaterThan(0)
        if (errors.length > 0) expect(rendered, 'output beside errors').toBeUndefined()
        if (!rendered) continue
        const { html, text, subject } = app.read(rendered)
        expect(findActive(html, text, hostile.forbid ?? [], clean.get(rendered.template) ?? '')).toEqual([])
        expect(subject).not.toMatch(/[\r\n]/)
      }
      expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before)
      expect((globalThis as { pwned?: unknown }).pwned).toBeUndefined()
    },
    20_000,
  )
})
