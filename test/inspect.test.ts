import { expect, test } from 'vitest'
import { createPaint } from '../src/base/index.ts'
import { formatPretty } from '../src/check/index.ts'
import { makeNewsletter, openNewsletter } from './helpers/newsletter.ts'

const ISSUE = '---\ntitle: A\nweek: 2026-W30\ntemplate: mine\n---\nHello.\n'

const show = async (files: Readonly<Record<string, string>>) => {
  const app = await openNewsletter(makeNewsletter({ 'issues/a.md': ISSUE, ...files }))
  return formatPretty(await app.inspect(['a']), createPaint(false))
}

test('a problem in a template is shown with lines of the template', async () => {
  const shown = await show({ 'emails/mine.tsx': 'export default function Mine() {\n  return <p>{</p>\n}\n' })
  expect(shown).toContain('emails/mine.tsx:2:')
  expect(shown).toContain('> 2 |   return <p>{</p>')
})

test('a problem in an MJML template is shown with lines of it', async () => {
  const shown = await show({ 'templates/mine.mjml': '<mjml>\n  <mj-body><mj-nope /></mj-body>\n</mjml>\n' })
  expect(shown).toContain('> 2 |   <mj-body><mj-nope /></mj-body>')
})
