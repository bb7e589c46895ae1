import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { findIssues } from '../src/issue/index.ts'
import { openNewsletter, repository } from './helpers/newsletter.ts'
import type { App } from '../src/app.ts'
import { readFileSync } from 'node:fs'

/*
 * The mail of every example as it was last looked at. After a change that is meant: `npx vitest run test/golden.test.ts
 * --update`, then read the difference, and say in the commit why it is right.
 */

// A hundred entries are too long to be read in review, and say nothing that shorter examples do not.
const files = findIssues(repository).filter((file) => !file.includes('a-hundred-commands'))
const TEMPLATES = [
  ['digest', files],
  ['classic', files],
  ['compact', files],
  ['brief', files.filter((file) => file.includes('the-waiting-hand'))],
] as const

let app: App
beforeAll(async () => {
  app = await openNewsletter()
})

describe.each(TEMPLATES)('the %s template', (template, issues) => {
  test.each(issues)('gives the mail of %s that was last looked at', async (file) => {
    const { issue, rendered, diagnostics, findings } = await app.inspectSource(
      readFileSync(join(repository, file), 'utf8'),
      file,
      template,
    )
    expect(diagnostics).toEqual([])
    expect(findings).toEqual([])
    if (!issue || !rendered) throw new Error('the example does not render')
    const folder = join(repository, 'test/golden', template)
    const { html, text } = app.read(rendered)
    const message = await app.compose(rendered, app.listReaders()[0], 'sample')
    // One element a line, so that a difference can be read; white space between tags is not part of the comparison.
    await expect(
      html.replaceAll(/(<(?:\/?(?:table|tr|td|tbody|div|p|h[1-6]|ul|ol|li|head|body|style|title|meta))\b)/g, '\n$1'),
    ).toMatchFileSnapshot(join(folder, `${issue.slug}.html`))
    await expect(text).toMatchFileSnapshot(join(folder, `${issue.slug}.txt`))
    await expect(message.raw.toString('latin1')).toMatchFileSnapshot(join(folder, `${issue.slug}.eml`))
  })
})
