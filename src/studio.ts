import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type App, type AppOptions, type Inspection, openApp } from './app.ts'
import { countProblems } from './check/index.ts'
import { CONFIG_FILES } from './config/index.ts'
import { findIssues } from './issue/index.ts'
import {
  addFrame,
  type Change,
  imageUrl,
  type IssuePreview,
  openInboxFolder,
  type StudioServices,
  watchFiles,
} from './preview/index.ts'
import { fillForReading, fillSlots, formatPeriod } from './render/index.ts'

export interface StudioOptions extends AppOptions {
  /** Absolute path of the inbox that is shown. */
  readonly inboxFolder: string
  readonly inboxAddress?: string
}

interface Kept {
  readonly stamp: string
  readonly inspection: Inspection
}

/**
 * What the preview shows, from the newsletter on disk. An issue is read and rendered again when its file changed, and
 * all are when a component, a template or the configuration did.
 */
export function createStudio(options: StudioOptions): StudioServices {
  let opened: Promise<App> | undefined
  const kept = new Map<string, Kept>()
  const app = () => (opened ??= openApp(options))
  const forgetAll = () => {
    opened = undefined
    kept.clear()
  }
  const inspect = async (file: string): Promise<Inspection | undefined> => {
    const stamp = await readStamp(join(options.root, file))
    if (stamp === undefined) return undefined
    const known = kept.get(file)
    if (known?.stamp === stamp) return known.inspection
    const [inspection] = await (await app()).inspect([file])
    if (inspection) kept.set(file, { stamp, inspection })
    return inspection
  }
  const find = (slug: string) => findIssues(options.root).find((file) => slugOf(file) === slug)
  const inbox = openInboxFolder(options.inboxFolder)
  return {
    describe: async () => ({
      name: (await app()).config.name,
      ...(options.inboxAddress ? { inboxAddress: options.inboxAddress } : {}),
    }),
    listIssues: async () => {
      const { language } = (await app()).config
      const inspections = await Promise.all(findIssues(options.root).map(inspect))
      return inspections
        .filter((inspection) => inspection !== undefined)
        .map((inspection) => ({
          ...summarize(inspection, language),
          ...pickCounts(inspection),
          sizeBytes: inspection.sizeBytes,
          from: inspection.issue?.period.from ?? '',
        }))
        .toSorted((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0))
    },
    inspect: async (slug) => {
      const file = find(slug)
      const inspection = file && (await inspect(file))
      if (!inspection) return undefined
      const { source, diagnostics, findings } = inspection
      const preview = await buildPreview(await app(), slug, inspection)
      return {
        ...summarize(inspection, (await app()).config.language),
        diagnostics: diagnostics.map((diagnostic) => addFrame(diagnostic, source)),
        findings: findings.map((finding) => addFrame(finding, source)),
        ...(preview ? { preview } : {}),
      }
    },
    readImage: async (slug, name) => {
      const file = find(slug)
      const inspection = file && (await inspect(file))
      const image = (inspection || undefined)?.rendered?.images.find((candidate) => candidate.filename === name)
      return image && { bytes: await readFile(image.path), contentType: image.contentType }
    },
    listInbox: async () => await inbox.list(),
    readMessage: async (id) => await inbox.read(id),
    watch: (onChange) => {
      const forget = (change: Change) => {
        if (change.kind !== 'inbox' && change.kind !== 'issue') forgetAll()
        onChange(change)
      }
      return watchFiles(listWatched(options), forget, ({ message }) => options.terminal.err(message))
    },
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

// An image may change without the issue's file: its bytes are part of the rendered hash, so they count as input.
async function readStamp(file: string): Promise<string | undefined> {
  try {
    const { mtimeMs, size } = await stat(file)
    return `${mtimeMs}:${size}`
  } catch {
    return undefined
  }
}

function slugOf(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.[^.]+$/, '')
}

function summarize({ file, issue }: Inspection, language: string) {
  const slug = slugOf(file)
  const period = issue && formatPeriod(issue.period, issue.language ?? language)
  return { slug, file, title: issue?.title ?? slug, draft: issue?.draft ?? false, ...(period ? { period } : {}) }
}

function pickCounts(inspection: Inspection) {
  const { errors, warnings } = countProblems([inspection])
  return { errors, warnings }
}

async function buildPreview(app: App, slug: string, { rendered, sizeBytes }: Inspection): Promise<IssuePreview | undefined> {
  if (!rendered) return undefined
  const [reader] = app.listReaders()
  const values = app.fill(rendered, reader)
  const copy = fillForReading(rendered, values, (image) => imageUrl(slug, image.filename))
  const { raw } = await app.compose(rendered, reader, 'sample')
  const { name, address } = app.config.from
  return {
    ...copy,
    hash: rendered.hash,
    from: name ? `${name} <${address}>` : address,
    to: reader.name ? `${reader.name} <${reader.email}>` : reader.email,
    preheader: fillSlots(rendered.preheader, values, 'header'),
    raw,
    sizeBytes,
  }
}

