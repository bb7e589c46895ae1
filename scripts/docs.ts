// Writes the reference pages and JSON Schemas from the code; with --check says which are out of date instead.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { packageRoot } from '../src/base/index.ts'
import { loadBlocks } from '../src/render/index.ts'
import { writeBlocks } from './reference/blocks.ts'
import { writeChecks } from './reference/checks.ts'
import { writeCommands } from './reference/commands.ts'
import { writeConfig } from './reference/config.ts'
import { writeDoctor } from './reference/doctor.ts'
import { writeErrors } from './reference/errors.ts'
import { writeSchemas } from './reference/schemas.ts'

const NOTE = '<!-- Written by `npm run docs` from the code; edit the definitions instead. -->\n\n'

const cacheFolder = join(packageRoot, 'node_modules', '.cache', 'letterpress')
const blocks = await loadBlocks({ root: packageRoot, builtIn: packageRoot, load: { cacheFolder } })
const files = new Map<string, string>([
  ['docs/commands.md', NOTE + writeCommands()],
  ['docs/config.md', NOTE + writeConfig()],
  ['docs/blocks.md', NOTE + writeBlocks(blocks)],
  ['docs/checks.md', NOTE + writeChecks()],
  ['docs/doctor.md', NOTE + writeDoctor()],
  ['docs/errors.md', NOTE + (await writeErrors())],
  ...Object.entries(writeSchemas(blocks)),
])

const isCheck = process.argv.includes('--check')
const stale: string[] = []
for (const [name, text] of files) {
  const file = join(packageRoot, name)
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
  stale.push(name)
  if (isCheck) continue
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
if (isCheck && stale.length > 0) {
  console.error(`Out of date: ${stale.join(', ')}. Run \`npm run docs\`.`)
  process.exitCode = 1
} else
  console.log(
    isCheck
      ? `${files.size} generated files are up to date.`
      : `Wrote ${stale.length} of ${files.size} generated files.`,
  )
