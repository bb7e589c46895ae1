import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from '../../src/app.ts'
import { packageRoot } from '../../src/base/index.ts'
import { findIssues } from '../../src/issue/index.ts'
import { listTemplates, type RenderedImage, renderIssue, type Sources } from '../../src/render/index.ts'
import { openNewsletter, repository } from '../helpers/newsletter.ts'

/** An example issue drawn with one template, for one reader. */
export interface Example {
  /** `digest of 2026-w34-short-letter.md`. */
  readonly what: string
  /** The HTML part as sent. */
  readonly html: string
  /** The same with the issue's own pictures inside, for programs that show it. */
  readonly seen: string
  /** The text part as sent. */
  readonly text: string
  /** The message, unsigned. */
  readonly raw: Buffer
}

const SOURCES: Sources = {
  root: packageRoot,
  builtIn: packageRoot,
  load: { cacheFolder: join(packageRoot, 'node_modules', '.cache', 'letterpress') },
}

/** The mails to one subscriber, which are no issues. */
const NOT_FOR_ISSUES = new Set(['confirm', 'welcome'])

/** Names of the templates that issues can be drawn with, as they are on disk. */
export function listIssueTemplates(): string[] {
  const names = listTemplates(SOURCES).map(({ name }) => name)
  return names.filter((name) => !NOT_FOR_ISSUES.has(name))
}

/** Draws every example issue with every template, or those that are asked for. @throws Error when one is not drawn */
export async function renderExamples(
  templates: readonly string[] = listIssueTemplates(),
  isWanted: (file: string) => boolean = () => true,
): Promise<Example[]> {
  const app = await openNewsletter()
  const files = findIssues(repository).filter(isWanted)
  const examples: Example[] = []
  for (const template of templates) for (const file of files) examples.push(await renderExample(app, template, file))
  return examples
}

async function renderExample(app: App, template: string, file: string): Promise<Example> {
  const what = `${template} of ${file.replace(/^issues\//, '')}`
  const { issue } = await app.inspectSource(readFileSync(join(repository, file), 'utf8'), file)
  if (!issue) throw new Error(`${file} cannot be read`)
  const { name, url, postalAddress, reason } = app.config
  const newsletter = {
    name,
    ...(url ? { url } : {}),
    ...(postalAddress ? { postalAddress } : {}),
    ...(reason ? { reason } : {}),
  }
  const options = { sources: SOURCES, newsletter, language: app.config.language, template }
  // The issue itself may ask for another template.
  const { rendered } = await renderIssue({ ...issue, template }, options)
  if (rendered?.template !== template) throw new Error(`${what} is not drawn`)
  const [reader] = app.listReaders()
  const { html, text } = app.read(rendered)
  const { raw } = await app.compose(rendered, reader, 'sample')
  return { what, html, seen: app.read(rendered, embed).html, text, raw }
}

function embed({ path, contentType }: RenderedImage): string {
  return `data:${contentType};base64,${readFileSync(path).toString('base64')}`
}
