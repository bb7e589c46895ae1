import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AppError, type Clock, packageRoot, parseAddress, type Terminal } from './base/index.ts'
import { RULES } from './check/index.ts'
import { assertSharedBlocks, type Config, ensureSecret, type Environment, loadConfig } from './config/index.ts'
import type { Database } from './db/index.ts'
import type { Sender } from './delivery/index.ts'
import { composeForChecks, type Composer, keepSigner, prepareCompose, readSender, sampleLinks } from './composer.ts'
import { inspectIssue, inspectOnline, type Inspection } from './inspect.ts'
import {
  loadIssue,
  loadIssues,
  parseIssue,
  type IssueOptions,
  type IssueResult,
  resolveIssue,
  tellDuplicates,
} from './issue/index.ts'
import { buildSlotValues } from './message/index.ts'
import {
  type BlockDefinition,
  fillForReading,
  listTemplates,
  loadBlocks,
  type ReadingCopy,
  RenderFailure,
  type Rendered,
  type RenderedImage,
  type RenderOptions,
  type Sources,
  type TemplateFile,
} from './render/index.ts'
import { loadFixtureReaders, type Reader, type TokenKey, verifyToken } from './subscriber/index.ts'
import type { Transport } from './transport/index.ts'

/** A newsletter opened for work: the configuration wired to the modules. */
export interface App extends Composer {
  readonly root: string
  /** Absolute path. */
  readonly configFile: string
  readonly clock: Clock
  readonly config: Config
  /** Absolute path of the folder that paths of issues are relative to. */
  readonly cwd: string
  /** Reads every issue, and renders none. */
  readIssues(): Promise<IssueResult[]>
  /** Every template there is, the author's in place of a built-in one of the same name. */
  listTemplates(): TemplateFile[]
  /**
   * Reads, renders and checks the issues named by slug or path, or all.
   *
   * @param online - asks linked pages whether they are there, until it is aborted; missing: nothing leaves the machine.
   * @throws AppError of `resolveIssue`
   */
  inspect(names: readonly string[], online?: AbortSignal): Promise<Inspection[]>
  /**
   * The same for a text that is in no file yet.
   *
   * @param file - path relative to the root; its ending decides the format, its folder where images are looked for.
   * @param template - instead of the one the issue or the configuration names.
   */
  inspectSource(source: string, file: string, template?: string): Promise<Inspection>
  /** The fixture readers of `readers.yaml`, or one invented reader. */
  listReaders(): readonly [Reader, ...Reader[]]
  /** The mail as a reader sees it, by default the first fixture reader, with links that no server honours. */
  read(rendered: Rendered, locate?: (image: RenderedImage) => string, reader?: Reader): ReadingCopy
  /** The blocks that issues can be written with, the author's in place of built-in ones of the same name. */
  readonly blocks: readonly BlockDefinition[]
  /** Who sends, as messages say it. */
  readonly sender: Sender
  /** List and ledger, at the newest schema; whoever opens it closes it. */
  openStore(): Promise<Database>
  /** The same only to look, also while another process writes, or where this user may not. */
  openStoreForReading(): Promise<Database>
  /** SMTP when it is configured, else the embedded inbox. */
  openTransport(): Promise<Transport>
  /** An inbox that keeps what it gets in a folder of one's choice. */
  openInbox(folder: string): Promise<Transport>
  /** What a link of a message stands for; undefined for anything that was not signed here. */
  readToken(token: string): ReturnType<typeof verifyToken>
  /** The key that links are signed with, and whether `.env` holds it; undefined before one was made. Makes none. */
  findKey(): { readonly key: TokenKey; readonly isInFile: boolean } | undefined
  /** Folder of the embedded inbox. */
  readonly inboxFolder: string
}

export interface AppOptions {
  /** Absolute path of the newsletter. */
  readonly root: string
  /** Absolute path of the folder that paths of issues are relative to; missing: the root. */
  readonly cwd?: string
  readonly environment: Environment
  readonly clock: Clock
  readonly terminal: Terminal
  /**
   * Sends everything into this inbox, whatever server is configured: a rehearsal. Missing: `data/inbox/`, and that
   * only without a server.
   */
  readonly inboxFolder?: string
  /** Reads one issue file by itself; missing: afresh each time, and compared with all others. */
  readonly readIssue?: typeof loadIssue
  /** Gives the fixture readers; missing: reads them at first need. */
  readonly readers?: () => ReturnType<typeof listReaders>
  /** Blocks, templates and the theme are loaded again and again, and their former versions must go. */
  readonly isReloaded?: boolean
}

const KEY_ID = 'k1'

const INVENTED_READER = { id: 'sample-reader', name: 'Sam Sample', tags: [], fields: {} } as const

/** Folder of the embedded inbox. */
export function inboxFolderOf(root: string): string {
  return join(root, 'data', 'inbox')
}

/** @throws AppError of config/, or when blocks cannot be loaded. */
export async function openApp(options: AppOptions): Promise<App> {
  const { root, cwd = root, clock } = options
  const cacheFolder = join(root, 'node_modules', '.cache', 'letterpress')
  const loaded = await loadConfig(root, options.environment, cacheFolder)
  const { environment, file: configFile } = loaded
  const config = options.inboxFolder ? withoutServer(loaded.config) : loaded.config
  const sources: Sources = { root, builtIn: packageRoot, load: { cacheFolder, isReloaded: !!options.isReloaded } }
  const issueOptions = await prepareIssueOptions(config, sources)
  const fill = (rendered: Rendered, reader: Reader) => buildSlotValues(reader, sampleLinks(reader, config), rendered)
  const inboxFolder = options.inboxFolder ?? inboxFolderOf(root)
  const sender = readSender(config)
  // What is wrong with a key is told by what signs, not by every check.
  const samples = { sender, clock, readSigner: keepSigner(config, root, { note: () => undefined }) }
  const inspectOptions = {
    render: prepareRenderOptions(config, sources),
    checks: config.checks,
    newsletter: config,
    sample: (rendered: Rendered) => fill(rendered, inventReader()),
    compose: async (rendered: Rendered) => await composeForChecks(rendered, inventReader(), samples),
  }
  const readers = options.readers ?? keepReaders(root)
  let key: TokenKey | undefined
  const readKey = () => (key ??= { id: KEY_ID, secret: readSecret(root, environment, options.terminal) })
  return {
    root,
    configFile,
    cwd,
    clock,
    config,
    inboxFolder,
    readIssues: async () => await readIssues([], issueOptions, options),
    listTemplates: () => listTemplates(sources),
    inspect: async (names, online) => {
      const results = await readIssues(names, issueOptions, options)
      if (!online) return await Promise.all(results.map((result) => inspectIssue(result, inspectOptions)))
      const cacheFile = join(cacheFolder, 'links.json')
      return await inspectOnline(results, inspectOptions, { cacheFile, now: clock.now(), signal: online })
    },
    inspectSource: async (source, file, template) => {
      const render = template === undefined ? inspectOptions.render : { ...inspectOptions.render, template }
      return await inspectIssue(await parseIssue(source, file, issueOptions), { ...inspectOptions, render })
    },
    listReaders: readers,
    read: (rendered, locate = (image) => image.src, reader = readers()[0]) =>
      fillForReading(rendered, fill(rendered, reader), locate),
    blocks: issueOptions.blocks,
    sender,
    ...prepareCompose({ sender, clock, readKey, readSigner: keepSigner(config, root, options.terminal) }),
    readToken: (token) => verifyToken(token, [readKey()]),
    findKey: () => findKey(environment, options.environment),
    ...prepareOpening(config, { root, clock, inboxFolder }),
  }
}

/** What a command opens late, and closes. */
function prepareOpening(
  { database, smtp }: Config,
  { root, clock, inboxFolder }: Pick<App, 'root' | 'clock' | 'inboxFolder'>,
): Pick<App, 'openStore' | 'openStoreForReading' | 'openTransport' | 'openInbox'> {
  const openInbox: App['openInbox'] = async (folder) =>
    await (await import('./transport/index.ts')).openInbox({ folder, port: 0, clock })
  return {
    openStore: async () => await (await import('./db/index.ts')).openDatabase({ url: database.url, root }),
    openStoreForReading: async () =>
      await (await import('./db/index.ts')).openDatabaseForReading({ url: database.url, root }),
    openTransport: async () => {
      const { url, timeoutMs, ...more } = smtp
      if (!url) return await openInbox(inboxFolder)
      const { openSmtp } = await import('./transport/index.ts')
      return openSmtp({ url, ...more, ...(timeoutMs ? { timeoutMs } : {}) })
    },
    openInbox,
  }
}

function withoutServer(config: Config): Config {
  const { url: _, ...smtp } = config.smtp
  return { ...config, smtp }
}

async function prepareIssueOptions(
  config: Config,
  sources: Sources,
): Promise<IssueOptions & { readonly blocks: readonly BlockDefinition[] }> {
  try {
    const blocks = await loadBlocks(sources)
    assertSharedBlocks(config, blocks)
    return {
      root: sources.root,
      blocks,
      shared: config.blocks,
      language: config.language,
      ruleIds: RULES.map((rule) => rule.id),
      templates: listTemplates(sources).map((template) => template.name),
    }
  } catch (error) {
    if (!(error instanceof RenderFailure)) throw error
    const { code, message, hint, file, range } = error.diagnostics[0]
    const place = `${file}${range ? `:${range.start.line}:${range.start.column}` : ''}`
    throw new AppError(code, `${place}: ${message}`, { kind: 'usage', ...(hint ? { hint } : {}), cause: error })
  }
}

function prepareRenderOptions(config: Config, sources: Sources): RenderOptions {
  const { name, url, postalAddress, reason } = config
  return {
    sources,
    newsletter: {
      name,
      ...(url ? { url } : {}),
      ...(postalAddress ? { postalAddress } : {}),
      ...(reason ? { reason } : {}),
    },
    language: config.language,
    template: config.template,
    ...(config.theme ? { theme: config.theme } : {}),
  }
}

/** @param names - none: all. */
async function readIssues(
  names: readonly string[],
  options: IssueOptions,
  { root, cwd = root, readIssue }: AppOptions,
): Promise<IssueResult[]> {
  const files = names.map((name) => resolveIssue(name, { root, cwd }))
  if (readIssue) return await Promise.all(files.map(async (file) => await readIssue(file, options)))
  const results =
    files.length === 0
      ? await loadIssues(options)
      : await Promise.all([...new Set(files)].map(async (file) => await loadIssue(file, options)))
  return tellDuplicates(results, root)
}

/** The fixture readers, read at first need. */
export function keepReaders(root: string): () => ReturnType<typeof listReaders> {
  let readers: ReturnType<typeof listReaders> | undefined
  return () => (readers ??= listReaders(root))
}

function listReaders(root: string): readonly [Reader, ...Reader[]] {
  const file = join(root, 'readers.yaml')
  const [first, ...rest] = existsSync(file) ? loadFixtureReaders(file) : []
  return first ? [first, ...rest] : [inventReader()]
}

/** Whom checks look at an issue as: they find the same whatever stands in `readers.yaml`. */
function inventReader(): Reader {
  const email = parseAddress('sam@example.com')
  if (!email) throw new TypeError('the invented reader has no address')
  return { ...INVENTED_READER, email }
}

function findKey(environment: Environment, own: Environment): ReturnType<App['findKey']> {
  const secret = environment['LETTERPRESS_SECRET']
  return secret ? { key: { id: KEY_ID, secret }, isInFile: own['LETTERPRESS_SECRET'] === undefined } : undefined
}

function readSecret(root: string, environment: Environment, { note }: Terminal): string {
  const secret = ensureSecret(root, environment)
  if (secret.writtenTo)
    note(`Made LETTERPRESS_SECRET in ${secret.writtenTo}. Back it up: without it, unsubscribe links already sent die.`)
  return secret.value
}
