// Runs a TypeScript script of the repository: node scripts/run.js scripts/docs.ts --check
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { NEEDED, handOver } from '../bin/hand-over.js'

if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  handOver(process.argv.slice(1))
} else if (!process.argv[2]) {
  process.stderr.write(`Usage: node ${fileURLToPath(import.meta.url)} FILE [ARGUMENT...]\n`)
  process.exitCode = 2
} else {
  const module = await import('node:module')
  const { registerSources } = await import('../bin/source-hook.js')
  module.setSourceMapsSupport(true, { nodeModules: true })
  registerSources()
  // The script sees itself as the main file.
  process.argv.splice(1, 1)
  process.argv[1] = resolve(process.argv[1])
  await import(pathToFileURL(process.argv[1]).href)
}
