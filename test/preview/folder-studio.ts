import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError, type Diagnostic, escapeHtml, LineIndex } from '../../src/base/index.ts'
import type { Finding } from '../../src/check/index.ts'
import { readHeaders } from '../../src/message/index.ts'
import {
  addFrame,
  imageUrl,
  type Inspection,
  openInboxFolder,
  type StudioServices,
  watchFiles,
} from '../../src/preview/index.ts'

/** A studio over a folder of very simple issues: what the real one does, without Markdown and templates. */
export interface FolderStudio {
  readonly root: string
  readonly services: StudioServices
  /** Writes an issue file. First line: title. A line with `::` is an error, `FIXTURE-WARNING` is a warning, `<…>` is HTML. */
  write(slug: string, lines: readonly string[]): Promise<void>
  /** Puts a message into the inbox's folder. */
  deliver(id: string, eml: string): Promise<void>
  remove(): Promise<void>
  /** Watchers that were not closed. */
  readonly watching: () => number
}

const STYLE = `:root { color-scheme: light dark }
body { margin: 0; padding: 32px; font: 16px/1.6 Arial; background: #fff; color: #222 }
@media (prefers-color-scheme: dark) { body { background: #1b1b1d; color: #e6e6e6 } a { color: #9ec1ff } }`

export async function createFolderStudio(): Promise<FolderStudio> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'letterpress-preview-')))
  const issues = join(root, 'issues')
  const inboxFolder = join(root, 'inbox')
  await mkdir(issues)
  await mkdir(inboxFolder)
  await writeFile(join(root, 'letterpress.config.ts'), 'Papers Weekly')
  let open = 0
  const inbox = openInboxFolder(inboxFolder)
  const services: StudioServices = {
    describe: async () => ({
      name: await readConfig(root),
      inboxAddress: '127.0.0.1:1025',
      transport: { name: 'inbox', place: inboxFolder },
      editor: 'link',
    }),
    listIssues: async () => {
      const slugs = (await readdir(issues)).filter((name) => name.endsWith('.md')).map((name) => name.slice(0, -3))
      const found = await Promise.all(
        slugs
          .toSorted()
          .toReversed()
          .map((slug) => inspectFile(root, slug)),
      )
      return found.filter((one) => one !== undefined).map(summarise)
    },
    inspect: async (slug) => {
      await readConfig(root)
      return await inspectFile(root, slug)
    },
    readImage: async (slug, name) => {
      const bytes = await readFile(join(issues, slug, name)).catch(() => undefined)
      return (
        bytes && {
          bytes,
          contentType: name.endsWith('.svg') ? 'image/svg+xml' : name.endsWith('.png') ? 'image/png' : 'text/html',
        }
      )
    },
    listInbox: (query) => inbox.list(query),
    deleteMessages: (id) => inbox.remove(id),
    readIssueMessage: async (slug) => {
      const preview = (await inspectFile(root, slug))?.preview
      if (!preview) return undefined
      const { reader, html, text } = preview
      const raw = await preview.readRaw()
      return { reader, headers: readHeaders(raw), html, text, raw }
    },
    ...refuseAll,
    readMessage: (id) => inbox.read(id),
    watch: (onChange, onError) => {
      open++
      const config = [join(root, 'letterpress.config.ts')]
      const watcher = watchFiles(
        { issues, templates: [join(root, 'emails')], config, inbox: inboxFolder },
        onChange,
        onError,
      )
      return {
        close: async () => {
          open--
          await watcher.close()
        },
      }
    },
  }
  return {
    root,
    services,
    write: async (slug, lines) => await writeFile(join(issues, `${slug}.md`), lines.join('\n')),
    deliver: async (id, eml) => await writeFile(join(inboxFolder, `${id}.eml`), eml.replaceAll('\n', '\r\n')),
    remove: async () => await rm(root, { recursive: true, force: true }),
    watching: () => open,
  }
}

const refuse = async (): Promise<never> => await Promise.reject(new TypeError('this studio only shows things'))

/** What needs more than a folder. */
const refuseAll = {
  readTree: refuse,
  listBlocks: refuse,
  listReaders: async () => await Promise.resolve({ readers: [], hasMore: false, subscribers: 0 }),
  createIssue: refuse,
  sendTest: refuse,
  plan: refuse,
  listRuns: async () => await Promise.resolve({ at: '2026-01-01T00:00:00.000Z', runs: [] }),
  readRun: refuse,
  pullLever: refuse,
  findInEditor: refuse,
  openInEditor: refuse,
} satisfies Partial<StudioServices>

async function readConfig(root: string): Promise<string> {
  const name = await readFile(join(root, 'letterpress.config.ts'), 'utf8')
  if (name.includes('broken'))
    throw new AppError('config/broken', 'The configuration does not load.', { kind: 'usage', hint: 'Mend it.' })
  return name
}

async function inspectFile(root: string, slug: string): Promise<Inspection | undefined> {
  const file = `issues/${slug}.md`
  const source = await readFile(join(root, file), 'utf8').catch(() => undefined)
  if (source === undefined) return undefined
  const [title = '', ...lines] = source.split('\n')
  const diagnostics = findLines(source, '::').map(
    (range): Diagnostic => ({
      code: 'issue/unknown-block',
      severity: 'error',
      file,
      range,
      message: 'No block is named "promp". Did you mean "promo"?',
      hint: 'Blocks are toc, promo, mentoring, sponsor, note and meta.',
    }),
  )
  const findings = findLines(source, 'FIXTURE-WARNING').map(
    (range): Finding => ({
      rule: 'leftover-todo',
      severity: 'warning',
      file,
      range,
      part: 'text',
      message: 'A note to yourself is still in the text.',
      remedy: 'Finish the sentence or delete it.',
      reference: 'docs/checks.md',
    }),
  )
  const base = { slug, file, title, period: '11 – 17 March 2024', draft: title.includes('draft') }
  const problems = {
    diagnostics: diagnostics.map((one) => addFrame(one, source)),
    findings: findings.map((one) => addFrame(one, source)),
  }
  if (diagnostics.length > 0) return { ...base, ...problems }
  return { ...base, ...problems, preview: buildPreview(slug, title, lines) }
}

function buildPreview(slug: string, title: string, lines: readonly string[]) {
  const body = lines.map((line) =>
    line.startsWith('<') ? line.replaceAll('IMAGES/', imageUrl(slug, '')) : `<p>${escapeHtml(line)}</p>`,
  )
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><h1 id="top">${escapeHtml(title)}</h1>${body.join('\n')}</body></html>`
  const raw = `From: Ada Example <ada@example.com>\r\nTo: Grace <grace@example.com>\r\nSubject: ${title}\r\nList-Unsubscribe: <https://news.example.com/u/abc>,\r\n <mailto:u@example.com>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}\r\n`
  return {
    hash: createHash('sha256').update(html).digest('hex'),
    from: 'Ada Example <ada@example.com>',
    to: 'Grace <grace@example.com>',
    reader: { id: 'grace', kind: 'fixture' as const, email: 'grace@example.com', tags: [] },
    missing: [],
    subject: title,
    preheader: lines[0] ?? '',
    html,
    text: [title, ...lines].join('\n\n'),
    readRaw: async () => Buffer.from(raw),
    sizeBytes: html.length,
  }
}

function findLines(source: string, mark: string) {
  const lines = new LineIndex(source)
  return [...source.matchAll(new RegExp(`${mark}\\w*`, 'g'))].map((match) =>
    lines.range(match.index, match.index + match[0].length),
  )
}

function summarise({ slug, file, title, draft, diagnostics, findings, preview, period }: Inspection) {
  return {
    slug,
    file,
    title,
    draft,
    ...(period ? { period } : {}),
    errors: diagnostics.length,
    warnings: findings.length,
    ...(preview ? { sizeBytes: preview.sizeBytes } : {}),
  }
}
