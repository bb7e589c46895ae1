// Runs on a Node that is new enough. In the repository the sources run as they are, in the package lib/ does.
import { existsSync } from 'node:fs'
import module from 'node:module'
import { cacheFolder } from './cache-folder.js'

// A folder of the project, not the system's shared temporary one; read-only (a global installation): Node's default.
const { FAILED } = module.constants.compileCacheStatus
if (process.env.NODE_COMPILE_CACHE || module.enableCompileCache(cacheFolder('compiled')).status === FAILED) {
  module.enableCompileCache()
}
// Reading maps costs a tenth of a start, and only a trace shows them; bundles of the author's files switch them on.
if (process.env.LETTERPRESS_DEBUG) module.setSourceMapsSupport(true, { nodeModules: true })
// React's development build is slower and prints differently; whoever wants it says so.
process.env.NODE_ENV ??= 'production'

if (existsSync(new URL('../src/cli.ts', import.meta.url))) {
  const { registerSources } = await import('./source-hook.js')
  registerSources()
  await import('../src/cli.ts')
} else {
  await import('../lib/cli.js')
}
