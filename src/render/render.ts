import { type Diagnostic, limitTime, messageOf, stripUnsafe } from '../base/index.ts'
import type { Issue, SlotNode, Text } from '../issue/index.ts'
import { componentFailed } from './errors.ts'
import { findPlace, RenderFailure } from './failure.ts'
import { hashRendered } from './hash-rendered.ts'
import { placeImages } from './images.ts'
import { renderReact } from './react.ts'
import { findTemplate, loadBlocks, loadTemplate, loadTheme, type Sources, type TemplateFile } from './registry.ts'
import type { Rendered } from './rendered.ts'
import { markSlot, splitSlots } from './slot.ts'
import type { BlockComponents, BlockDefinition, Newsletter, TemplateProps } from './template.ts'
import { writeText } from './text/write-text.ts'
import { directionOf, loadWords } from './words/index.ts'

/** Everything rendering needs besides the issue. */
export interface RenderOptions {
  readonly sources: Sources
  readonly newsletter: Newsletter
  /** BCP 47 tag used when an issue names none. */
  readonly language: string
  /** Template used when an issue names none. */
  readonly template: string
  /** Name of a theme, or the path of a file; missing: the built-in theme. */
  readonly theme?: string
}

/** Either the mail, or why there is none. */
export interface RenderResult {
  readonly rendered?: Rendered
  readonly diagnostics: readonly Diagnostic[]
}

/** Page of an issue in the archive, with a final slash. */
export function buildArchiveUrl(url: string | undefined, issueId: string): string | undefined {
  return url === undefined ? undefined : `${url.replace(/\/+$/, '')}/issues/${encodeURIComponent(issueId)}/`
}

/**
 * An issue as every reader gets it. Rendered once per issue, never per reader: readers' values are slots.
 *
 * @returns a diagnostic instead when the template is unknown, cannot be loaded or throws.
 */
export async function renderIssue(issue: Issue, options: RenderOptions): Promise<RenderResult> {
  let template: TemplateFile | undefined
  try {
    const place = issue.places['template']
    template = findTemplate(issue.template ?? options.template, options.sources, {
      file: issue.file,
      ...(place ? { range: place } : {}),
    })
    return { rendered: await renderWith(template, issue, options), diagnostics: [] }
  } catch (error) {
    if (error instanceof RenderFailure) return { diagnostics: error.diagnostics }
    const name = template?.name ?? options.template
    const at = findPlace(error, template?.file ?? issue.file, options.sources.root)
    const message = componentFailed.message(name, messageOf(error))
    return { diagnostics: [{ code: componentFailed.code, severity: 'error', message, ...at }] }
  }
}

async function renderWith(template: TemplateFile, source: Issue, options: RenderOptions): Promise<Rendered> {
  const archiveUrl = buildArchiveUrl(options.newsletter.url, source.id)
  const { issue, images } = placeImages(source, archiveUrl)
  const blocks = await loadBlocks(options.sources)
  const mail = await prepareProps(issue, archiveUrl, blocks, options)
  const html = await renderHtml(template, mail, blocks, options)
  const content = {
    issueId: issue.id,
    template: template.name,
    language: mail.language,
    direction: mail.direction,
    subject: splitSlots(writeLine(issue.subject)),
    preheader: splitSlots(writeLine(issue.preheader ?? [])),
    html: splitSlots(html),
    text: splitSlots(writeText(mail, blocks)),
    images,
    ...(archiveUrl ? { archiveUrl } : {}),
  }
  return { ...content, hash: hashRendered(content) }
}

async function prepareProps(
  issue: Issue,
  archiveUrl: string | undefined,
  blocks: readonly BlockDefinition[],
  options: RenderOptions,
): Promise<TemplateProps> {
  const language = issue.language ?? options.language
  return {
    issue,
    newsletter: cleanNewsletter(options.newsletter),
    theme: await loadTheme(options.theme, options.sources),
    words: loadWords(language),
    language,
    direction: directionOf(language),
    blocks: Object.fromEntries(blocks.map((block) => [block.name, block.Component])) as BlockComponents,
    ...(archiveUrl ? { archiveUrl } : {}),
  }
}

// The issue's texts come clean from its reader, those of the configuration do not.
function cleanNewsletter(newsletter: Newsletter): Newsletter {
  const entries = Object.entries(newsletter).map(([key, value]: [string, string]) => [key, stripUnsafe(value)])
  return Object.fromEntries(entries) as unknown as Newsletter
}

async function renderHtml(
  template: TemplateFile,
  mail: TemplateProps,
  blocks: readonly BlockDefinition[],
  { sources }: RenderOptions,
): Promise<string> {
  const { timeoutMs } = sources.load
  switch (template.engine) {
    case 'react':
      return await limitTime(renderReact(await loadTemplate(template, sources), mail, timeoutMs), timeoutMs)
    case 'mjml': {
      const { renderMjml } = await import('./mjml/render-mjml.ts')
      return await renderMjml(template.file, mail, blocks, sources)
    }
  }
}

function writeLine(nodes: readonly (Text | SlotNode)[]): string {
  return nodes.map((node) => (node.type === 'text' ? node.value : markSlot(node.name, node.fallback))).join('')
}
