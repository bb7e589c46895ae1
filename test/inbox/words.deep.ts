/**
 * Whether every word of the text part is found, in its order, in what two other programs make of the HTML part:
 * LibreOffice Writer's import, which fails where Word and with it Outlook for Windows fails, and w3m's dump.
 *
 * From the title to the end of the letter, the words must follow each other: each at most 40 words behind the one
 * before, since contents and images have words of their own in HTML. The frame (who sends and when, "read online", the
 * footer), whose place is the template's, must be there with every word, in any order. Aside stay what only a text
 * part has: addresses, the numbers and lines that say where links lead, marks of lists, tasks and images (words.ts). LibreOffice's
 * plain text has no alternative texts; w3m's dump has them.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Example, renderExamples } from './examples.ts'
import { requireProgram, run } from './programs.ts'
import { findLostWord, listMissing, readTextPart, splitWords } from './words.ts'

const W3M = { name: 'w3m', packages: ['w3m'], probe: ['w3m', '-version'] } as const
const LIBREOFFICE = {
  name: 'LibreOffice Writer',
  packages: ['libreoffice-writer-nogui'],
  probe: ['sh', '-c', 'soffice --version && test -e "$(dirname "$(readlink -f "$(command -v soffice)")")"/libswlo.so'],
} as const

const home = mkdtempSync(join(tmpdir(), 'letterpress-words-'))
afterAll(() => rmSync(home, { recursive: true }))

let examples: readonly Example[]
beforeAll(async () => {
  examples = await renderExamples()
}, 300_000)

describe.skipIf(!(await requireProgram(W3M)))('w3m', () => {
  test('shows every word in order', { timeout: 300_000 }, async () => {
    const problems: string[] = []
    for (const example of examples) problems.push(...compare(example, await dump(example.html), true))
    expect(problems).toEqual([])
  })

  test('would tell of two paragraphs the other way round, and of one that is hidden', async () => {
    const text = 'News\n\nTitle\n=====\n\nFirst words here.\n\nSecond ones there.\n\n--------------------\nFooter'
    const page = (...parts: string[]) => dump(`<p>News<h1>Title</h1>${parts.join('')}<p>Footer`)
    const [one, two] = ['<p>First words here.</p>', '<p>Second ones there.</p>']
    const example = { what: 'a mail', text }
    expect(compare(example, await page(one, two), true)).toEqual([])
    expect(compare(example, await page(two, one), true)).toHaveLength(1)
    expect(compare(example, await page(one), true)).toHaveLength(1)
  })
})

describe.skipIf(!(await requireProgram(LIBREOFFICE)))('LibreOffice', () => {
  test('shows every word in order', { timeout: 900_000 }, async () => {
    const shown = await importAll(examples)
    expect(examples.flatMap((example, index) => compare(example, shown[index] ?? '', false))).toEqual([])
  })
})

function compare({ what, text }: Pick<Example, 'what' | 'text'>, shown: string, hasAlternatives: boolean): string[] {
  const { frame, body } = readTextPart(text, hasAlternatives)
  if (body.length === 0) throw new Error(`the text part of ${what} has no body`)
  const words = splitWords(shown)
  const lost = findLostWord(body, words)
  const missing = listMissing(frame, words)
  return [
    ...(lost === undefined ? [] : [`${what}: ${lost}`]),
    ...(missing.length === 0 ? [] : [`${what}: not there: ${missing.join(' ')}`]),
  ]
}

async function dump(html: string): Promise<string> {
  const args = ['-dump', '-T', 'text/html', '-I', 'UTF-8', '-O', 'UTF-8', '-cols', '2000']
  const { code, stdout, stderr } = await run('w3m', args, { input: html })
  if (code !== 0) throw new Error(`w3m failed (${code}): ${stderr}`)
  // It prints raised and lowered signs as 2^12 and H[2]O; brackets of one's own stay.
  const lowered = Array.from(html.matchAll(/<sub\b[^>]*>([^<]+)<\/sub>/g), ([, signs = '']) => signs)
  const joined = lowered.reduce((text, signs) => text.replaceAll(`[${signs}]`, signs), stdout)
  return joined.replaceAll(/(?<=[\p{L}\p{N})])\^/gu, '')
}

/** One process imports all, with a profile of its own. @throws Error when a file is not made */
async function importAll(mails: readonly Example[]): Promise<string[]> {
  const out = join(home, 'out')
  mkdirSync(out)
  const files = mails.map(({ html }, index) => {
    const file = join(home, `${index}.html`)
    writeFileSync(file, html)
    return file
  })
  const args = [`-env:UserInstallation=${pathToFileURL(join(home, 'profile')).href}`, '--headless']
  const convert = ['--infilter=HTML (StarWriter)', '--convert-to', 'txt:Text (encoded):UTF8', '--outdir', out]
  const { stderr } = await run('soffice', [...args, ...convert, ...files])
  try {
    return files.map((_, index) => readFileSync(join(out, `${index}.txt`), 'utf8'))
  } catch (error) {
    throw new Error(`LibreOffice failed: ${stderr}`, { cause: error })
  }
}
