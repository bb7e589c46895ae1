import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repository } from '../helpers/newsletter.ts'
import { run } from './programs.ts'

/** The Nu HTML checker, from npm's vnu-jar. It weighs 32 MB, so that it is fetched where it is asked for. */
export const VNU_VERSION = '26.9.27'

const folder = join(repository, 'node_modules', '.cache', 'letterpress', `vnu-${VNU_VERSION}`)
const jar = join(folder, 'node_modules', 'vnu-jar', 'build', 'dist', 'vnu.jar')

/** Fetches the checker once. @returns whether it is there; says so when it is not. @throws Error instead under CI */
export async function requireVnu(): Promise<boolean> {
  if (existsSync(jar)) return true
  mkdirSync(folder, { recursive: true })
  const wanted = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts']
  const { stderr } = await run('npm', [...wanted, `vnu-jar@${VNU_VERSION}`])
  if (existsSync(jar)) return true
  const text = `vnu-jar ${VNU_VERSION} could not be fetched with npm: ${stderr.trim().split('\n')[0]}`
  if (process.env['CI']) throw new Error(text)
  console.warn(`Not tested with the Nu HTML checker: ${text}`)
  return false
}

/**
 * What mail needs and HTML does not have; everything else counts.
 * - `mso-…` properties are for Word alone, which lays out mail in Outlook for Windows.
 * - Outlook for Windows, Gmail and Yahoo jump to an `<a name>` and to no `id` (caniemail, html-anchor-links).
 */
const NEEDED_BY_MAIL = [
  /^CSS: “mso-[a-z-]+”: Property “mso-[a-z-]+” doesn't exist\.$/,
  /^Element “a” is missing required attribute “href”\.$/,
]

interface VnuReport {
  readonly messages: readonly {
    readonly type: string
    readonly url?: string
    readonly lastLine?: number
    readonly message: string
  }[]
}

/** Errors of documents, `name line: message`, less those that mail needs; one process looks at them all. @throws Error when the checker fails */
export async function listVnuErrors(
  documents: readonly { readonly what: string; readonly html: string }[],
): Promise<string[]> {
  const home = mkdtempSync(join(tmpdir(), 'letterpress-vnu-'))
  try {
    const files = documents.map(({ html }, index) => {
      const file = join(home, `${index}.html`)
      writeFileSync(file, html)
      return file
    })
    const { stderr } = await run('java', ['-jar', jar, '--errors-only', '--format', 'json', ...files])
    const { messages } = JSON.parse(stderr) as VnuReport
    const counted = messages.filter(({ message }) => !NEEDED_BY_MAIL.some((needed) => needed.test(message)))
    return counted.map(({ url, lastLine, message }) => {
      const index = Number(/(\d+)\.html$/.exec(url ?? '')?.[1])
      return `${documents[index]?.what ?? url} ${lastLine}: ${message}`
    })
  } finally {
    rmSync(home, { recursive: true })
  }
}
