import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { App } from './app.ts'
import type { Inspection } from './inspect.ts'

/** Folder of the mails that an author has looked at and keeps, relative to the newsletter. */
export const GOLDEN_FOLDER = 'golden'

/** One kept file beside what the issue gives today. */
export interface GoldenFile {
  /** Relative to the newsletter: `golden/<slug>/<reader>.html` or `.txt`. */
  readonly path: string
  /** Missing: nothing is kept yet. */
  readonly kept?: string
  readonly now: string
}

/** Whether mails of an issue are kept. */
export function isKept({ root }: App, slug: string): boolean {
  return existsSync(join(root, GOLDEN_FOLDER, slug))
}

/**
 * The mail of an issue for every fixture reader: HTML with one element a line, and the text part under subject and
 * preheader. Links are those of samples, so that the same issue always gives the same files.
 *
 * @returns nothing for an issue that cannot be rendered.
 */
export function listGolden(app: App, { issue, rendered }: Inspection): GoldenFile[] {
  if (!issue || !rendered) return []
  return app.listReaders().flatMap((reader) => {
    const copy = app.read(rendered, (image) => `images/${image.filename}`, reader)
    const place = `${GOLDEN_FOLDER}/${issue.slug}/${reader.id}`
    const head = `Subject: ${copy.subject}\nPreheader: ${copy.preheader}\n\n`
    return [
      compare(app.root, `${place}.html`, `${splitElements(copy.html).trimEnd()}\n`),
      compare(app.root, `${place}.txt`, `${head}${copy.text.trimEnd()}\n`),
    ]
  })
}

/** Writes what an issue gives today, and removes what was kept for readers who are gone. @throws Error of node:fs */
export function keepGolden({ root }: App, slug: string, files: readonly GoldenFile[]): void {
  rmSync(join(root, GOLDEN_FOLDER, slug), { recursive: true, force: true })
  for (const { path, now } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), now)
  }
}

function compare(root: string, path: string, now: string): GoldenFile {
  const file = join(root, path)
  // A checkout on Windows may have changed the line ends.
  return existsSync(file) ? { path, kept: readFileSync(file, 'utf8').replaceAll('\r\n', '\n'), now } : { path, now }
}

/** A mail is one long line: cut before block-level elements, a difference can be read. */
function splitElements(html: string): string {
  return html.replaceAll(
    /(?<!\n)(<(?:\/?(?:table|tr|td|tbody|div|p|h[1-6]|ul|ol|li|head|body|style|title|meta|a)\b|!--))/g,
    '\n$1',
  )
}
