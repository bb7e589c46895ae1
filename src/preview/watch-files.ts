import { realpathSync } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import { type FSWatcher, watch } from 'chokidar'
import { AppError, messageOf } from '../base/index.ts'
import { watchFailed } from './errors.ts'
import type { Change, Watcher } from './services.ts'

/** What is watched; absolute paths, which need not exist yet. */
export interface WatchPaths {
  /** Folder of issue files, and of folders with their images. */
  readonly issues: string
  /** Folders and files that the look of a mail comes from. */
  readonly templates: readonly string[]
  /** The configuration, `.env`, fixture readers. */
  readonly config: readonly string[]
  /** Folder of `.eml` files. */
  readonly inbox: string
}

export interface FileWatcher extends Watcher {
  /** Resolved once everything there was is known: changes from here on are reported. */
  readonly ready: Promise<void>
}

/** A save is several events (truncate, write; write beside, rename); they come within a few milliseconds. */
const QUIET_MS = 6
/** A folder that never rests is reported all the same. */
const MAX_WAIT_MS = 120

const ISSUE_FILE = /^(.+)\.(?:md|yaml|yml|json)$/i

/** Files that editors and systems leave beside the real one: vim, Emacs, JetBrains, macOS, our own drafts. */
const SCRATCH = /^(?:\.(?!env$).*|.*~|#.*#|4913|.*\.(?:sw[opx]|tmp|bak|crdownload)|.*___jb_\w+___)$/i

/**
 * Watches the files of a newsletter and calls back after each burst, once per kind. Saves that go over a second file
 * and a rename, and files that are deleted and come back, are one change.
 *
 * @param onError - told of `preview/watch-failed`; what is still watched goes on being watched.
 */
export function watchFiles(
  paths: WatchPaths,
  onChange: (change: Change) => void,
  onError: (error: AppError) => void,
): FileWatcher {
  const real = resolvePaths(paths)
  const burst = collectBurst(onChange)
  const roots = [real.issues, ...real.templates, ...real.config, real.inbox]
  const watcher = watch(roots, {
    ignoreInitial: true,
    // A link to `/` must not make the whole disk be watched.
    followSymlinks: false,
    ignored: (path) => !roots.includes(path) && isScratch(path),
  })
  watcher.on('all', (event, path) => {
    const change = event === 'addDir' ? undefined : classify(path, real)
    if (change) burst.add(change)
  })
  watcher.on('error', (error) => {
    const options = { kind: 'environment', hint: watchFailed.hint(), cause: error } as const
    onError(new AppError(watchFailed.code, watchFailed.message(messageOf(error)), options))
  })
  return {
    ready: waitUntilReady(watcher),
    close: async () => {
      await watcher.close()
      burst.stop()
    },
  }
}

function waitUntilReady(watcher: FSWatcher): Promise<void> {
  return new Promise((resolve) => watcher.once('ready', resolve))
}

function isScratch(path: string): boolean {
  const name = basename(path)
  return name === 'node_modules' || SCRATCH.test(name)
}

// Neighbours of a path that does not exist yet are heard of as well, since its parent is watched.
function classify(path: string, paths: WatchPaths): Change | undefined {
  if (isWithin(path, paths.inbox)) return { kind: 'inbox' }
  if (paths.config.includes(path)) return { kind: 'config' }
  if (paths.templates.some((folder) => isWithin(path, folder))) return { kind: 'template' }
  if (!isWithin(path, paths.issues)) return undefined
  // An image may be shown by any issue; an issue file is one issue.
  const slug = dirname(path) === paths.issues ? ISSUE_FILE.exec(basename(path))?.[1] : undefined
  return slug === undefined ? { kind: 'issue' } : { kind: 'issue', slugs: [slug] }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep)
}

// On macOS the temporary folder is a link, and events carry the real path.
function resolvePaths(paths: WatchPaths): WatchPaths {
  return {
    issues: resolveReal(paths.issues),
    templates: paths.templates.map(resolveReal),
    config: paths.config.map(resolveReal),
    inbox: resolveReal(paths.inbox),
  }
}

function resolveReal(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : join(resolveReal(parent), basename(path))
  }
}

interface Burst {
  add(change: Change): void
  stop(): void
}

function collectBurst(onChange: (change: Change) => void): Burst {
  const pending = new Map<Change['kind'], Set<string> | 'any'>()
  let timer: NodeJS.Timeout | undefined
  let beganAt = 0
  const flush = () => {
    timer = undefined
    const changes = [...pending]
    pending.clear()
    for (const [kind, slugs] of changes) onChange(slugs === 'any' ? { kind } : { kind, slugs: [...slugs].toSorted() })
  }
  return {
    add({ kind, slugs }) {
      const known = pending.get(kind)
      pending.set(kind, slugs === undefined || known === 'any' ? 'any' : new Set([...(known ?? []), ...slugs]))
      const now = performance.now()
      if (timer === undefined) beganAt = now
      clearTimeout(timer)
      timer = setTimeout(flush, Math.max(0, Math.min(QUIET_MS, beganAt + MAX_WAIT_MS - now)))
    },
    stop() {
      clearTimeout(timer)
      pending.clear()
    },
  }
}
