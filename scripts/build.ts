/** Makes lib/, what the package ships instead of src/: `npm run build`. */
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { buildUi } from '../src/preview/index.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const lib = join(root, 'lib')

rmSync(lib, { recursive: true, force: true })
await bundle()
await buildUi(join(lib, 'ui'))
declare()

/** The code: one chunk per late import, dependencies left to the consumer's npm. */
async function bundle(): Promise<void> {
  const build = await rolldown({
    cwd: root,
    input: { cli: 'src/cli.ts', index: 'src/index.ts', define: 'src/define.ts' },
    platform: 'node',
    tsconfig: false,
    external: (id) => /^[^./\\]/.test(id) && !/^[A-Za-z]:[/\\]/.test(id),
    // The package would otherwise be one that only works by accident.
    onLog(level, log) {
      if (level === 'warn') throw new Error(log.message)
    },
  })
  const { output } = await build.write({ dir: lib, format: 'esm', sourcemap: true })
  await build.close()
  const sizeKb = output.reduce((sum, part) => sum + (part.type === 'chunk' ? part.code.length : 0), 0) / 1024
  console.log(`lib/: ${output.filter((part) => part.type === 'chunk').length} chunks, ${sizeKb.toFixed(0)} kB`)
}

/** The types of the two public entries. */
function declare(): void {
  const manifest = createRequire(import.meta.url).resolve('typescript/package.json')
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { tsc: string } }
  const tsc = join(dirname(manifest), bin.tsc)
  const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' })
  if (status !== 0) throw new Error('the declarations could not be made')
}
