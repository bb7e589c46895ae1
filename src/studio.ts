import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type App, type AppOptions, openApp } from './app.ts'
import { countProblems } from './check/index.ts'
import { CONFIG_FILES } from './config/index.ts'
import type { Inspection } from './inspect.ts'
import { findIssues, slugOf } from './issue/index.ts'
import {
  addFrame,
  imageUrl,
  type IssuePreview,
  type IssueSummary,
  openInboxFolder,
  type StudioServices,
  watchFiles,
} from './preview/index.ts'
import { formatPeriod } from './render/index.ts'

export interface StudioOptions extends AppOptions {
  /** Absolute path of the inbox that is shown. */
  readonly inboxFolder: string
  readonly inboxAddress?: string
}

/** What the preview shows, from the newsletter on disk. */
export function createStudio(options: StudioOptions): StudioServices {
  const desk = createDesk(options)
  const inbox = openInboxFolder(options.inboxFolder)
  const { inboxAddress } = options
  return {
    describe: async () => ({ name: (await desk.app()).config.name, ...(inboxAddress ? { inboxAddress } : {}) }),
    listIssues: async () => await listIssues(desk, options.root),
    inspect: async (slug) => {
      const inspection = await desk.inspect(slug)
      if (!inspection) return undefined
      const { source, diagnostics, findings } = inspection
      const app = await desk.app()
      const preview = await buildPreview(app, slug, inspection)
      return {
        ...summarize(inspection, app),
        diagnostics: diagnostics.map((diagnostic) => addFrame(diagnostic, source)),
        findings: findings.map((finding) => addFrame(finding, source)),
        ...(preview ? { preview } : {}),
      }
    },
    readImage: async (slug, name) => {
      const images = (await desk.inspect(slug))?.rendered?.images
      const image = images?.find((candidate) => candidate.filename === name)
      return image && { bytes: await readFile(image.path), contentType: image.contentType }
    },
    listInbox: async () => await inbox.list(),
    readMessage: async (id) => await inbox.read(id),
    watch: (onChange) =>
      watchFiles(
        listWatched(options),
        (change) => {
          if (change.kind !== 'inbox') desk.forget(change.kind === 'issue' ? change.slugs : undefined)
          onChange(change)
        },
        ({ message }) => options.terminal.err(message),
      ),
  }
}

/** Issues as they were last read: again when the file changed, or anything it is rendered with. */
interface Desk {
  app(): Promise<App>
  inspect(slug: string): Promise<Inspection | undefined>
  /** @param slugs - missing: everything, the configuration too. */
  forget(slugs?: readonly string[]): void
}

function createDesk(options: AppOptions): Desk {
  let opened: Promise<App> | undefined
  const kept = new Map<string, { readonly stamp: string; readonly inspection: Inspection }>()
  const app = () => (opened ??= openApp(options))
  return {
    app,
    async inspect(slug) {
      const file = findIssues(options.root).find((candidate) => slugOf(candidate) === slug)
      const stamp = file && (await readStamp(join(options.root, file)))
      if (!file || !stamp) return undefined
      const known = kept.get(slug)
      if (known?.stamp === stamp) return known.inspection
      const [inspection] = await (await app()).inspect([file])
      if (inspection) kept.set(slug, { stamp, inspection })
      return inspection
    },
    forget(slugs) {
      if (!slugs) opened = undefined
      for (const slug of slugs ?? [...kept.keys()]) kept.delete(slug)
    },
  }
}

async function readStamp(file: string): Promise<string | undefined> {
  try {
    const { mtimeMs, size } = await stat(file)
    return `${mtimeMs}:${size}`
  } catch {
    return undefined
  }
}

function listWatched({ root, inboxFolder }: StudioOptions) {
  return {
    issues: join(root, 'issues'),
    templates: [join(root, 'emails'), join(root, 'templates')],
    config: [...CONFIG_FILES, '.env', 'readers.yaml'].map((name) => join(root, name)),
    inbox: inboxFolder,
  }
}

async function listIssues(desk: Desk, root: string): Promise<IssueSummary[]> {
  const app = await desk.app()
  const inspections = await Promise.all(findIssues(root).map(async (file) => await desk.inspect(slugOf(file))))
  return inspections
    .filter((inspection) => inspection !== undefined)
    .toSorted((a, b) => ((a.issue?.period.from ?? '') < (b.issue?.period.from ?? '') ? 1 : -1))
    .map((inspection) => {
      const { errors, warnings } = countProblems([inspection])
      const { sizeBytes } = inspection
      return { ...summarize(inspection, app), errors, warnings, ...(sizeBytes === undefined ? {} : { sizeBytes }) }
    })
}

function summarize({ file, issue }: Inspection, { config }: App) {
  const slug = slugOf(file)
  const period = issue && formatPeriod(issue.period, issue.language ?? config.language)
  return { slug, file, title: issue?.title ?? slug, draft: issue?.draft ?? false, ...(period ? { period } : {}) }
}

async function buildPreview(app: App, slug: string, inspection: Inspection): Promise<IssuePreview | undefined> {
  const { rendered, sizeBytes = 0 } = inspection
  if (!rendered) return undefined
  const [reader] = app.listReaders()
  const { raw } = await app.compose(rendered, reader, 'sample')
  const { name, address } = app.config.from
  return {
    ...app.read(rendered, (image) => imageUrl(slug, image.filename)),
    hash: rendered.hash,
    from: name ? `${name} <${address}>` : address,
    to: reader.name ? `${reader.name} <${reader.email}>` : reader.email,
    raw,
    sizeBytes,
  }
}
