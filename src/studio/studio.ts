import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type App, type AppOptions } from '../app.ts'
import { CONFIG_FILES } from '../config/index.ts'
import { AppError } from '../base/index.ts'
import type { Inspection } from '../inspect.ts'
import {
  type Change,
  type Inspection as Shown,
  noIssue,
  openInboxFolder,
  type StudioInfo,
  type StudioServices,
  watchFiles,
} from '../preview/index.ts'
import { createIssue, sendTest } from './actions.ts'
import { listBlocks } from './blocks.ts'
import { type Desk, openDesk } from './desk.ts'
import { chooseEditor, linkToEditor, startEditor } from './editor.ts'
import { createMissingCounts, type MissingCounts } from './missing.ts'
import { findReader, listReaders } from './readers.ts'
import type { Runs } from './runs.ts'
import { showIssue, showMessage } from './show.ts'
import { createStoreView, type StoreView } from './store-view.ts'
import { buildTree } from './tree.ts'
import { watchStore } from './watch-store.ts'
import { readSizeLimits, weighImages } from './weigh.ts'

export interface StudioOptions extends AppOptions {
  /** Absolute path of the inbox that is shown. */
  readonly inboxFolder: string
  /** Where the inbox listens, as soon as it does. */
  readonly inboxAddress?: () => string | undefined
  /** Goes on with a paused send, as `letterpress resume` does; missing: whoever began it does. */
  readonly goOn?: (slug: string) => void
}

/** What all parts of the studio work with. */
interface Parts {
  readonly options: StudioOptions
  readonly desk: Desk
  readonly store: StoreView
  readonly missing: MissingCounts
  /** Loaded at first need: the author waits for the first mail. */
  readonly runs: () => Promise<Runs>
  /** Whether something was being sent when it was last looked at. */
  isSending: boolean
  readonly shown: Kept
  /** Told of everything that looks different; nobody at first. */
  tell: (change: Change) => void
}

/** What the preview shows and does, from the newsletter on disk. */
export function createStudio(options: StudioOptions): StudioServices {
  const store = createStoreView()
  // Which inbox is shown is nothing to how mail goes out: with a folder of its own an app would mail nobody.
  const { inboxFolder: _, ...appOptions } = options
  const desk = openDesk(appOptions, store, (slugs) => parts.tell({ kind: 'counts', slugs }))
  const shown = createKept()
  const missing = createMissingCounts(store, () => {
    shown.clear()
    parts.tell({ kind: 'counts' })
  })
  const { goOn } = options
  let opened: Promise<Runs> | undefined
  const openRuns = async () => {
    const { createRuns } = await import('./runs.ts')
    return createRuns({ app: async () => await desk.app(), store, ...(goOn ? { goOn } : {}) })
  }
  const runs = async () => await (opened ??= openRuns())
  const parts: Parts = { options, desk, store, missing, runs, shown, isSending: false, tell: () => undefined }
  void readAhead(desk)
  return { ...showIssues(parts), ...act(parts), ...showRest(parts), watch: prepareWatch(parts) }
}

function showIssues(parts: Parts) {
  const { desk, store } = parts
  return {
    listIssues: async () => await desk.list(),
    inspect: async (slug, reader) => {
      const inspection = await desk.inspect(slug)
      return (
        inspection &&
        (await parts.shown.get(inspection, reader ?? '', async () => await show(parts, inspection, reader)))
      )
    },
    readIssueMessage: async (slug, reader) => {
      const inspection = await desk.inspect(slug)
      const app = await desk.app()
      return inspection && (await showMessage(inspection, app, await findReader(app, store, reader)))
    },
    readTree: async (slug) => {
      const inspection = await desk.inspect(slug)
      const tree = inspection && buildTree(inspection)
      const { config } = await desk.app()
      return (
        tree && { ...tree, ...readSizeLimits(config), images: await weighImages(inspection.rendered?.images ?? []) }
      )
    },
    readImage: async (slug, name) => {
      const images = (await desk.inspect(slug))?.rendered?.images
      const image = images?.find((candidate) => candidate.filename === name)
      return image && { bytes: await readFile(image.path), contentType: image.contentType }
    },
    listBlocks: async () => await listBlocks(await desk.app()),
    listReaders: async (query, ids) => await listReaders(await desk.app(), store, query, ids),
    plan: async (slug) => {
      const inspection = await desk.inspect(slug)
      if (!inspection) return undefined
      const run = (await (await parts.runs()).list()).find(({ issue }) => issue === inspection.id)
      const { planIssue } = await import('./plan.ts')
      return await planIssue(await desk.app(), store, inspection, run)
    },
  } satisfies Partial<StudioServices>
}

async function show({ desk, store, missing }: Parts, inspection: Inspection, id: string | undefined): Promise<Shown> {
  const app = await desk.app()
  const reader = await findReader(app, store, id)
  const { rendered, issue } = inspection
  const lacks = rendered ? await missing.find(app, rendered, reader.reader, issue?.audience ?? '') : []
  return showIssue(inspection, app, reader, lacks)
}

function act({ options, desk, store, runs }: Parts) {
  const { root, clock } = options
  return {
    createIssue: async (wish) => await Promise.resolve().then(() => createIssue(root, clock, wish)),
    sendTest: async (slug, { reader, ...wish }) => {
      const inspection = await desk.inspect(slug)
      if (!inspection) throw new AppError(noIssue.code, noIssue.message(slug), { kind: 'usage' })
      const app = await desk.app()
      return await sendTest(app, inspection, (await findReader(app, store, reader)).reader, wish)
    },
    pullLever: async (issueId, lever, typed) => await (await runs()).pull(issueId, lever, typed),
    findInEditor: async (place) => await Promise.resolve(linkToEditor(root, place)),
    openInEditor: async (place) =>
      await Promise.resolve().then(() => startEditor(root, place, chooseEditor(options.environment))),
  } satisfies Partial<StudioServices>
}

function showRest(parts: Parts) {
  const { options, desk } = parts
  const inbox = openInboxFolder(options.inboxFolder, { readKeys: async () => (await desk.app()).readDkimRecords() })
  return {
    describe: async () => await describe(await desk.app(), options),
    listRuns: async () => {
      const runs = await (await parts.runs()).list()
      parts.isSending = runs.some(({ state }) => state === 'sending')
      return { at: options.clock.now().toISOString(), runs }
    },
    readRun: async (issueId) => await (await parts.runs()).read(issueId),
    listInbox: async (query) => await inbox.list(query),
    readMessage: async (id) => await inbox.read(id),
    deleteMessages: async (id) => await inbox.remove(id),
  } satisfies Partial<StudioServices>
}

async function describe(
  { config, inboxFolder }: App,
  { environment, inboxAddress }: StudioOptions,
): Promise<StudioInfo> {
  const { url } = config.smtp
  const server = url ? (await import('../transport/index.ts')).describeServer(url) : undefined
  const address = inboxAddress?.()
  return {
    name: config.name,
    transport: server
      ? { name: 'smtp', place: `${server.host}:${server.port}` }
      : { name: 'inbox', place: inboxFolder },
    editor: chooseEditor(environment) === undefined ? 'link' : 'command',
    ...(address ? { inboxAddress: address } : {}),
  }
}

function prepareWatch(parts: Parts): StudioServices['watch'] {
  const { options, desk, store, shown } = parts
  return (onChange, onError) => {
    parts.tell = onChange
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
    const ledger = watchStore({ desk, store, isSending: () => parts.isSending }, () => {
      shown.clear()
      onChange({ kind: 'ledger' })
    })
    return {
      close: async () => {
        parts.tell = () => undefined
        ledger.close()
        desk.close()
        await Promise.all([watcher.close(), store.close()])
      },
    }
  }
}

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

/** Issues as readers see them, for as long as nothing has changed. */
interface Kept {
  get(inspection: Inspection, reader: string, make: () => Promise<Shown>): Promise<Shown>
  clear(): void
}

function createKept(): Kept {
  let kept = new WeakMap<Inspection, Map<string, Promise<Shown>>>()
  return {
    async get(inspection, reader, make) {
      const readers = kept.get(inspection) ?? new Map<string, Promise<Shown>>()
      kept.set(inspection, readers)
      const known = readers.get(reader)
      if (known) return await known
      const made = make()
      readers.set(reader, made)
      // The reader may be there the next time.
      made.catch(() => readers.delete(reader))
      const [oldest] = readers.keys()
      if (readers.size > MAX_READERS && oldest !== undefined) readers.delete(oldest)
      return await made
    },
    clear() {
      kept = new WeakMap()
    },
  }
}

/** As many as a grid shows, and some. */
const MAX_READERS = 12
