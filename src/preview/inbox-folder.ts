import { constants } from 'node:fs'
import { type FileHandle, open, readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import PostalMime, { type Address, type Email } from 'postal-mime'
import { toLine } from '../base/index.ts'
import { authenticate, type KeyRecords } from './authenticate.ts'
import { isSafeName } from './names.ts'
import { readHeaders } from '../message/index.ts'
import type { InboxList, InboxMessage, InboxSummary } from './services.ts'

/** Rows of the list; a trial run over a large list leaves thousands. */
const MAX_LISTED = 200
/** Messages whose heads are searched. */
const MAX_SEARCHED = 5000
/** Headers of our own messages take some 3 KB. */
const MAX_HEADER_BYTES = 64 * 1024

/** Reads the folder in which the embedded inbox keeps its mail. */
export interface InboxFolder {
  /** The newest messages, newest first; none while the folder does not exist. @param query - that sender, recipient or subject hold. */
  list(query?: string): Promise<InboxList>
  read(id: string): Promise<InboxMessage | undefined>
  /** @param id - missing: all. @returns how many. */
  remove(id?: string): Promise<number>
}

export interface InboxFolderOptions {
  /** Public keys of this newsletter, for DKIM signatures; others are not looked up. */
  readonly readKeys?: () => Promise<KeyRecords>
}

const noKeys = async (): Promise<KeyRecords> => await Promise.resolve(new Map())

/** @param folder - `<time>-<number>.eml` files, as `startInbox` writes them; their names sort by arrival. */
export function openInboxFolder(folder: string, { readKeys = noKeys }: InboxFolderOptions = {}): InboxFolder {
  // A message never changes once it has its name.
  const known = new Map<string, InboxSummary>()
  const readRows = async (ids: readonly string[]) => {
    const rows: InboxSummary[] = []
    // A batch at a time: a process may have some thousand files open.
    for (let from = 0; from < ids.length; from += MAX_LISTED) {
      const some = ids.slice(from, from + MAX_LISTED)
      const read = await Promise.all(some.map(async (id) => known.get(id) ?? (await readSummary(folder, id))))
      for (const row of read) {
        if (row) known.set(row.id, row)
        if (row) rows.push(row)
      }
    }
    return rows
  }
  return {
    async list(query = '') {
      const ids = await listIds(folder)
      const listed = new Set(ids)
      for (const id of known.keys()) if (!listed.has(id)) known.delete(id)
      const isAll = query.trim() === ''
      const rows = await readRows(ids.slice(0, isAll ? MAX_LISTED : MAX_SEARCHED))
      // What is no message after all (a link) is not counted.
      if (isAll) return { messages: rows, total: rows.length + Math.max(0, ids.length - MAX_LISTED) }
      const found = rows.filter((row) => holds(row, query))
      return { messages: found.slice(0, MAX_LISTED), total: found.length }
    },
    async read(id) {
      if (!isSafeName(id)) return undefined
      return await withFile(join(folder, `${id}.eml`), async (file) => {
        const raw = await file.readFile()
        const mail = await parse(raw)
        const { mtime } = await file.stat()
        return {
          ...summarise(id, mail, mtime, raw.length),
          ...describeParts(mail),
          headers: readHeaders(raw),
          authentication: await authenticate(raw, await readKeys().catch(() => new Map())),
          raw,
        }
      })
    },
    async remove(id) {
      if (id !== undefined && !isSafeName(id)) return 0
      const ids = id === undefined ? await listIds(folder) : [id]
      let removed = 0
      for (const name of ids) if (await unlink(join(folder, `${name}.eml`)).then(() => true, ignoreMissing)) removed++
      return removed
    },
  }
}

function holds({ from, to, subject }: InboxSummary, query: string): boolean {
  const text = [from, to, subject].join('\n').toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

async function listIds(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(ignoreMissing)
  const ids = (names ?? []).filter((name) => name.endsWith('.eml')).map((name) => name.slice(0, -'.eml'.length))
  return ids.filter(isSafeName).toSorted().toReversed()
}

async function readSummary(folder: string, id: string): Promise<InboxSummary | undefined> {
  return await withFile(join(folder, `${id}.eml`), async (file) => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_HEADER_BYTES), 0, MAX_HEADER_BYTES, 0)
    const start = buffer.subarray(0, bytesRead)
    const end = start.indexOf('\r\n\r\n')
    const { mtime, size } = await file.stat()
    return summarise(id, await parse(end < 0 ? start : start.subarray(0, end + 4)), mtime, size)
  })
}

// A symbolic link is not opened: the message would be any file of this machine.
async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T | undefined> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(ignoreMissing)
  if (!file) return undefined
  try {
    return (await file.stat()).isFile() ? await use(file) : undefined
  } finally {
    await file.close()
  }
}

function ignoreMissing(error: unknown): undefined {
  const { code = '' } = error as NodeJS.ErrnoException
  if (['ENOENT', 'ENOTDIR', 'ELOOP', 'EMLINK', 'EISDIR'].includes(code)) return undefined
  throw error
}

// A message that cannot be parsed is shown with what is known of it: its bytes.
async function parse(raw: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(raw, { attachmentEncoding: 'base64', maxRfc822NestingDepth: 0 })
  } catch {
    return { headers: [], headerLines: [], attachments: [] }
  }
}

function summarise(id: string, mail: Email, arrivedAt: Date, sizeBytes: number): InboxSummary {
  return {
    id,
    from: mail.from ? formatAddress(mail.from) : '',
    to: toLine(mail.to?.map(formatAddress).join(', ') || mail.deliveredTo || ''),
    subject: toLine(mail.subject ?? ''),
    date: arrivedAt.toISOString(),
    sizeBytes,
  }
}

function formatAddress(address: Address): string {
  if (address.group) return toLine(address.name)
  return toLine(address.name ? `${address.name} <${address.address}>` : address.address)
}

function describeParts(mail: Email): Pick<InboxMessage, 'html' | 'text'> {
  return {
    ...(mail.html === undefined ? {} : { html: inlineImages(mail.html, mail) }),
    ...(mail.text === undefined ? {} : { text: mail.text }),
  }
}

/** RFC 2392: `cid:` names the part by its Content-ID. */
function inlineImages(html: string, { attachments }: Email): string {
  const urls = new Map<string, string>()
  for (const { contentId, mimeType, content } of attachments) {
    if (!contentId || !/^image\/[a-z0-9.+-]+$/.test(mimeType) || typeof content !== 'string') continue
    urls.set(contentId.replaceAll(/[<>]/g, ''), `data:${mimeType};base64,${content}`)
  }
  return html.replaceAll(/\bcid:([^\s"'()<>]+)/gi, (whole, id: string) => urls.get(id) ?? urls.get(decode(id)) ?? whole)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
