import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type App, type AppOptions } from '../app.ts'
import { AppError } from '../base/index.ts'
import { sourceOf } from '../check/index.ts'
import { CONFIG_FILES } from '../config/index.ts'
import { type Desk, openDesk } from './desk.ts'
import type { Inspection } from '../inspect.ts'
import { slugOf } from '../issue/index.ts'
import {
  addFrame,
  imageUrl,
  type Inspection as Shown,
  type IssuePreview,
  notYet,
  openInboxFolder,
  type StudioServices,
  watchFiles,
} from '../preview/index.ts'
import { formatPeriod } from '../render/index.ts'

export interface StudioOptions extends AppOptions {
  /** Absolute path of the inbox that is shown. */
  readonly inboxFolder: string
  /** Where the inbox listens, as soon as it does. */
  readonly inboxAddress?: () => string | undefined
}

/** What the preview shows, from the newsletter on disk. */
export function createStudio(options: StudioOptions): StudioServices {
  let onCounted: (slugs: readonly string[]) => void = () => undefined
  const desk = openDesk(options, (slugs) => onCounted(slugs))
  const inbox = openInboxFolder(options.inboxFolder)
  const shown = new WeakMap<Inspection, Promise<Shown>>()
  void readAhead(desk)
  return {
    describe: async () => {
      const inboxAddress = options.inboxAddress?.()
      const { config } = await desk.app()
      return {
        name: config.name,
        transport: { name: config.smtp.url ? ('smtp' as const) : ('inbox' as const), place: '' },
        editor: 'link' as const,
        ...(inboxAddress ? { inboxAddress } : {}),
      }
    },
    listIssues: async () => await desk.list(),
    inspect: async (slug) => {
      const inspection = await desk.inspect(slug)
      if (!inspection) return undefined
      const known = shown.get(inspection)
      if (known) return await known
      const made = show(inspection, await desk.app())
      shown.set(inspection, made)
      return await made
    },
    readImage: async (slug, name) => {
      const images = (await desk.inspect(slug))?.rendered?.images
      const image = images?.find((candidate) => candidate.filename === name)
      return image && { bytes: await readFile(image.path), contentType: image.contentType }
    },
    listInbox: async (query) => await inbox.list(query),
    readMessage: async (id) => await inbox.read(id),
    deleteMessages: async (id) => await inbox.remove(id),
    readIssueMessage: later('The message'),
    readTree: later('The tree'),
    listBlocks: async () => await Promise.resolve([]),
    listReaders: async () => await Promise.resolve({ readers: [], hasMore: false, subscribers: 0 }),
    createIssue: later('A new issue'),
    sendTest: later('A test from here'),
    plan: later('The plan'),
    listRuns: async () => await Promise.resolve([]),
    readRun: later('The sending view'),
    pullLever: later('A lever'),
    findInEditor: later('The editor'),
    openInEditor: later('The editor'),
    watch: (onChange, onError) => {
      onCounted = (slugs) => onChange({ kind: 'counts', slugs })
      const watcher = watchFiles(
        listWatched(options),
        (change) => {
          // A file that changed is known by its time and size.
          if (change.kind !== 'inbox' && (change.kind !== 'issue' || !change.slugs))
            desk.forget({ isWhole: change.kind !== 'template' })
          onChange(change)
        },
        (error) => {
          options.terminal.err(error.message)
          onError(error)
        },
      )
      return {
        close: async () => {
          desk.close()
          await watcher.close()
        },
      }
    },
  }
}

const later = (what: string) => async (): Promise<never> =>
  await Promise.reject(new AppError(notYet.code, notYet.message(what), { kind: 'usage' }))

// The page will ask for the newest issue first; a configuration that does not load is told then.
async function readAhead(desk: Desk): Promise<void> {
  try {
    const [first] = await desk.list()
    if (first) await desk.inspect(first.slug)
  } catch {}
}

function listWatched({ root, inboxFolder }: StudioOptions) {
  return {
    issues: join(root, 'issues'),
    templates: [join(root, 'emails'), join(root, 'templates')],
    config: [...CONFIG_FILES, '.env', 'readers.yaml'].map((name) => join(root, name)),
    inbox: inboxFolder,
  }
}

async function show(inspection: Inspection, app: App): Promise<Shown> {
  const { file, issue, diagnostics, findings } = inspection
  const slug = slugOf(file)
  const period = issue && formatPeriod(issue.period, issue.language ?? app.config.language)
  const preview = await buildPreview(app, slug, inspection)
  return {
    slug,
    file,
    title: issue?.title ?? slug,
    draft: issue?.draft ?? false,
    ...(period ? { period } : {}),
    diagnostics: diagnostics.map((diagnostic) => addFrame(diagnostic, sourceOf(diagnostic, inspection))),
    findings: findings.map((finding) => addFrame(finding, sourceOf(finding, inspection))),
    ...(preview ? { preview } : {}),
  }
}

async function buildPreview(app: App, slug: string, inspection: Inspection): Promise<IssuePreview | undefined> {
  const { rendered, sizeBytes = 0 } = inspection
  if (!rendered) return undefined
  const [reader] = app.listReaders()
  const { name, address } = app.config.from
  const copy = app.read(rendered, (image) => imageUrl(slug, image.filename))
  let raw: Promise<Uint8Array> | undefined
  return {
    ...copy,
    // The reader's values may have changed as well.
    hash: createHash('sha256').update(rendered.hash).update(JSON.stringify(copy)).digest('hex'),
    missing: [],
    reader: { id: reader.id, kind: 'fixture', email: reader.email, tags: reader.tags },
    from: name ? `${name} <${address}>` : address,
    to: reader.name ? `${reader.name} <${reader.email}>` : reader.email,
    readRaw: async () => await (raw ??= app.compose(rendered, reader, 'sample').then((message) => message.raw)),
    sizeBytes,
  }
}
