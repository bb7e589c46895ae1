import { readFileSync } from 'node:fs'

const POLL_MS = 250
/** Script, launcher, shell, npm: further up nobody started us. */
const MAX_ANCESTORS = 5
const PACKAGE_MANAGER = /(?:^|[/\\])(?:npm|npx|pnpm|pnpx|yarn)(?:-cli)?(?:\.[cm]?js)?(?: |$)/

/**
 * Calls `stop` once when the process that stands for us is gone: the launcher that handed over (bin/hand-over.js), or
 * the npm or npx that ran us. npm passes no signal on, so without this a killed `npx letterpress send` would go on
 * sending as an orphan. A shell may go: `letterpress send & exit` keeps running. The watch itself keeps nothing alive.
 */
export function onParentLost(stop: () => void): void {
  let isLost = false
  const lose = () => {
    if (!isLost) stop()
    isLost = true
  }
  if (process.channel) {
    process.once('disconnect', lose)
    process.channel.unref()
  }
  const chain = findPackageManager()
  if (chain.length === 0) return
  const timer = setInterval(() => {
    if (isWhole(chain)) return
    clearInterval(timer)
    lose()
  }, POLL_MS)
  timer.unref()
}

/** Process ids from our parent up to the package manager; empty when none runs us. */
function findPackageManager(): readonly number[] {
  if (!process.env['npm_command'] && !process.env['npm_execpath']) return []
  // Elsewhere only the parent's id can be had cheaply; it is npm itself or the shell that npm's signals kill.
  if (process.platform !== 'linux') return [process.ppid]
  const chain: number[] = []
  for (let id: number | undefined = process.ppid; id !== undefined && id > 1; id = readParent(id)) {
    chain.push(id)
    if (isPackageManager(id)) return chain
    if (chain.length === MAX_ANCESTORS) break
  }
  // The variables were inherited from an npm that is no ancestor: nobody to watch.
  return []
}

// An orphan gets a new parent at once, even while the dead one is not yet reaped; so each link is compared, not its life.
function isWhole(chain: readonly number[]): boolean {
  if (process.ppid !== chain[0]) return false
  return chain.slice(1).every((id, index) => readParent(chain[index] ?? 0) === id)
}

/** Field 4 of /proc/<id>/stat; the name in field 2 may hold blanks and brackets. */
function readParent(id: number): number | undefined {
  const stat = read(`/proc/${id}/stat`)
  const parent = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  return Number.isInteger(parent) ? parent : undefined
}

// npm sets its title ("npm exec letterpress"), which takes the place of the first argument.
function isPackageManager(id: number): boolean {
  const [program = '', script = ''] = read(`/proc/${id}/cmdline`)?.split('\0') ?? []
  return PACKAGE_MANAGER.test(program) || PACKAGE_MANAGER.test(script)
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
