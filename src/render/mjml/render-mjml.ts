import { readFileSync } from 'node:fs'
import { toRelative } from '../failure.ts'
import type { Sources } from '../registry.ts'
import type { BlockDefinition, TemplateProps } from '../template.ts'
import { restoreBodies } from './bodies.ts'
import { compileMjml, markTags } from './compile.ts'
import { runLiquid } from './liquid.ts'
import type { TemplateText } from './problem.ts'
import { tidyHtml } from './tidy.ts'
import { buildView } from './view.ts'

/**
 * HTML of an MJML template: Liquid over the issue, then MJML. Author's text reaches the template as escaped text or
 * finished HTML, so it is neither Liquid nor MJML.
 *
 * @param file - absolute path of the template.
 * @returns HTML with slot marks.
 * @throws RenderFailure `render/liquid-failed`, `render/unknown-slot` or `render/invalid-mjml`, with the place in the template.
 */
export async function renderMjml(
  file: string,
  mail: TemplateProps,
  blocks: readonly BlockDefinition[],
  sources: Sources,
): Promise<string> {
  const template: TemplateText = { file: toRelative(file, sources.root), text: readFileSync(file, 'utf8') }
  const { scope, bodies } = buildView(mail, blocks)
  const run = (source: TemplateText) => runLiquid(source, scope, mail.language)
  const frame = await compileMjml(run(template), template, () => run(markTags(template)))
  return restoreBodies(tidyHtml(frame), bodies)
}
