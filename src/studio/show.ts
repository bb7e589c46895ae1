import { createHash } from 'node:crypto'
import type { App } from '../app.ts'
import { sourceOf } from '../check/index.ts'
import type { Inspection } from '../inspect.ts'
import { slugOf } from '../issue/index.ts'
import { readHeaders } from '../message/index.ts'
import {
  addFrame,
  imageUrl,
  type Inspection as Shown,
  type IssueMessage,
  type IssuePreview,
  type MissingValue,
} from '../preview/index.ts'
import { formatPeriod } from '../render/index.ts'
import { explain } from './explain.ts'
import { placeInMail } from './places.ts'
import type { ShownReader } from './readers.ts'

/** An issue as a reader gets it, for the page. */
export function showIssue(
  inspection: Inspection,
  app: App,
  reader: ShownReader,
  missing: readonly MissingValue[],
): Shown {
  const { file, issue, diagnostics, findings } = inspection
  const slug = slugOf(file)
  const period = issue && formatPeriod(issue.period, issue.language ?? app.config.language)
  const preview = buildPreview(app, slug, inspection, { reader, missing })
  const locate = placeInMail(inspection)
  return {
    slug,
    file,
    title: issue?.title ?? slug,
    draft: issue?.draft ?? false,
    ...(period ? { period } : {}),
    diagnostics: diagnostics.map((one) => ({ ...addFrame(one, sourceOf(one, inspection)), ...locate(one) })),
    findings: findings.map((one) => ({ ...addFrame(one, sourceOf(one, inspection)), ...locate(one), ...explain(one) })),
    ...(preview ? { preview } : {}),
  }
}

function buildPreview(
  app: App,
  slug: string,
  { rendered, sizeBytes = 0 }: Inspection,
  { reader: { reader, summary }, missing }: { readonly reader: ShownReader; readonly missing: readonly MissingValue[] },
): IssuePreview | undefined {
  if (!rendered) return undefined
  const { name, address } = app.config.from
  const copy = app.read(rendered, (image) => imageUrl(slug, image.filename), reader)
  const from = formatMailbox({ address, ...(name ? { name } : {}) })
  const to = formatMailbox({ address: reader.email, ...(reader.name ? { name: reader.name } : {}) })
  let raw: Promise<Uint8Array> | undefined
  return {
    ...copy,
    // The reader's values may have changed as well.
    hash: createHash('sha256')
      .update(rendered.hash)
      .update(JSON.stringify([copy, to, summary.id]))
      .digest('hex'),
    from,
    to,
    reader: summary,
    missing,
    readRaw: async () => await (raw ??= app.compose(rendered, reader, 'sample').then((message) => message.raw)),
    sizeBytes,
  }
}

/** The message of an issue to one reader, with links that do nothing. */
export async function showMessage(
  { rendered }: Inspection,
  app: App,
  { reader, summary }: ShownReader,
): Promise<IssueMessage | undefined> {
  if (!rendered) return undefined
  const { raw } = await app.compose(rendered, reader, 'sample')
  const { html, text } = app.read(rendered, (image) => image.src, reader)
  return { reader: summary, headers: readHeaders(raw), html, text, raw }
}

function formatMailbox({ name, address }: { readonly name?: string; readonly address: string }): string {
  return name ? `${name} <${address}>` : address
}
