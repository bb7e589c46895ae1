// Finds what npm leaves out without a word: a platform package that some dependency names and npm could not find. The
// lock is then short of it, `npm install` passes here, and `npm ci` fails on every other machine. Any Node >= 18.
import { readFileSync } from 'node:fs'

const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'))
const missing = []
let count = 0
for (const [path, { optionalDependencies = {} }] of Object.entries(packages)) {
  for (const name of Object.keys(optionalDependencies)) {
    count++
    if (!isLocked(path, name)) missing.push(`${name}, wanted by ${path || 'package.json'}`)
  }
}
if (missing.length > 0) {
  process.stderr.write(`package-lock.json lacks:\n${missing.map((line) => `  ${line}\n`).join('')}`)
  process.exitCode = 1
} else process.stdout.write(`package-lock.json holds all ${count} optional packages.\n`)

// As Node resolves: beside the package, then in every node_modules above it.
function isLocked(path, name) {
  for (let folder = path; ; folder = folder.replace(/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+$/, '')) {
    if (packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true
    if (folder === '') return false
  }
}
