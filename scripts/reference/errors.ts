import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type ErrorData, packageRoot } from '../../src/base/index.ts'
import { writeTable } from './table.ts'

/** docs/errors.md: what every module's errors.ts exports. */
export async function writeErrors(): Promise<string> {
  const titles = new Map<string, string>()
  for (const module of readdirSync(join(packageRoot, 'src')).toSorted()) {
    const file = join(packageRoot, 'src', module, 'errors.ts')
    if (!existsSync(file)) continue
    const exported = Object.values((await import(pathToFileURL(file).href)) as Record<string, unknown>)
    for (const { code, title } of exported.flatMap(listErrors)) titles.set(code, title)
  }
  return `# Errors

Codes never change. A problem in a file comes with file, line, column and code frame; all problems of all files come at once.

${writeTable(
  ['code', 'what it is'],
  [...titles].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([code, title]) => [`\`${code}\``, title]),
)}
`
}

// A module exports its errors one by one, in a list or as a record of them.
function listErrors(value: unknown): ErrorData[] {
  if (isErrorData(value)) return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(listErrors) : []
}

function isErrorData(value: unknown): value is ErrorData {
  return typeof value === 'object' && value !== null && 'code' in value && 'title' in value && 'message' in value
}
