import { readFileSync } from 'node:fs'
import { createRequire, Module } from 'node:module'
import { pathToFileURL } from 'node:url'
import { limitRun, limitTime } from './time-limit.ts'

export type Exports = Readonly<Record<string, unknown>>

/** The last version of each module that is loaded again and again, by where its bundles are said to be. */
const current = new Map<string, { readonly bundle: string; readonly module: Module }>()

/** Runs a bundle once in this process; Node never frees it. @throws what it throws; Error when it does not settle. */
export async function runOnce(bundle: string, timeoutMs?: number): Promise<Exports> {
  const running = import(/* @vite-ignore */ pathToFileURL(bundle).href) as Promise<Exports>
  return await limitTime(running, timeoutMs)
}

/**
 * Runs a CommonJS bundle unless it is the one that was run last under this name. Nothing here holds the version before
 * it, so its memory is free once its mails are gone.
 *
 * @param name - absolute path that stack traces name where no source map does; the same for all versions, since Node
 * keeps maps and compiled code by it.
 * @throws what it throws; Error when it does not end.
 */
export function runAnew(bundle: string, name: string, timeoutMs?: number): Exports {
  const known = current.get(name)
  if (known?.bundle === bundle) return known.module.exports as Exports
  const module = new Module(name) as Module & { _compile(code: string, file: string, format: 'commonjs'): void }
  module.filename = name
  module.paths = createRequire(name).resolve.paths('any') ?? []
  // A stack trace is made when somebody reads it, and Node forgets a map with its module.
  current.set(name, { bundle: '', module })
  // What `require` itself calls, without the registry that it keeps everything in.
  limitRun(() => module._compile(readFileSync(bundle, 'utf8'), name, 'commonjs'), timeoutMs)
  current.set(name, { bundle, module })
  return module.exports as Exports
}
