// `npm pack` and `npm publish` read package.json from the disk after `prepack`: while they do, it lacks the pinned
// builds of Node, so that the package never puts a `node` of its own first on a consumer's PATH. No field of npm's
// can say that. The full file waits below node_modules; should npm be killed before `postpack`, the next run of
// either word puts it back, and test/architecture.test.ts fails until then.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const manifest = join(root, 'package.json')
const saved = join(root, 'node_modules', '.cache', 'letterpress', 'package.json.saved')

const PINS = /^ {2}"optionalDependencies": \{[^}]*\},\n/m

const [word] = process.argv.slice(2)
if (word === 'strip') strip()
else if (word === 'restore') restore()
else {
  process.stderr.write('Usage: node scripts/pack.js strip|restore\n')
  process.exitCode = 2
}

function strip() {
  restore()
  const full = readFileSync(manifest, 'utf8')
  const bare = full.replace(PINS, '')
  if ('optionalDependencies' in JSON.parse(bare)) throw new Error('package.json: optionalDependencies were not found')
  write(saved, full)
  write(manifest, bare)
}

function restore() {
  if (!existsSync(saved)) return
  const full = readFileSync(saved, 'utf8')
  const now = readFileSync(manifest, 'utf8')
  if (now === full.replace(PINS, '')) write(manifest, full)
  else if (!PINS.test(now)) write(manifest, addPins(now, full))
  rmSync(saved)
}

// Edited while it was stripped: the edit stays, the pins return before the field they stood before.
function addPins(now, full) {
  const [pins] = PINS.exec(full) ?? ['']
  const next = full.slice(full.indexOf(pins) + pins.length).split(':')[0]
  if (!next || !now.includes(`\n${next}:`))
    throw new Error(`package.json was edited while it was packed; compare ${saved}`)
  return now.replace(`\n${next}:`, () => `\n${pins}${next}:`)
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.${process.pid}`, text)
  renameSync(`${file}.${process.pid}`, file)
}
