// Runs on a Node that is new enough. In the repository the sources run, without a build step; in the package lib/ does.
import { existsSync } from 'node:fs'
import module from 'node:module'
import { cacheFolder } from './cache-folder.js'

// A folder of the project, not the system's shared temporary one; read-only (a global installation): Node's default.
const { FAILED } = module.constants.compileCacheStatus
if (process.env.NODE_COMPILE_CACHE || module.enableCompileCache(cacheFolder('compiled')).status === FAILED) {
  module.enableCompileCache()
}
// React's development build is slower and prints differently; whoever wants it says so.
process.env.NODE_ENV ??= 'production'
// Reading maps costs a tenth of a start, and only a trace shows them; bundles of the author's files switch them on.
const isDebugged = Boolean(process.env.LETTERPRESS_DEBUG)
if (isDebugged) module.setSourceMapsSupport(true, { nodeModules: true })

if (existsSync(new URL('../src/cli.ts', import.meta.url))) await startSources()
else await import('../lib/cli.js')

async function startSources() {
  const { bundleProgram } = await import('./source-bundle.js')
  // Whoever looks for a fault wants the sources' own lines.
  const program = isDebugged ? undefined : await bundleProgram()
  if (program) return await import(program)
  const { registerSources } = await import('./source-hook.js')
  registerSources()
  return await import('../src/cli.ts')
}
