import { constants } from 'node:fs'
import { type FileHandle, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import PostalMime, { type Address, type Email } from 'postal-mime'
import { toLine } from '../base/index.ts'
import { isSafeName } from './names.ts'
import type { InboxMessage, InboxSummary } from './services.ts'

/** Rows of the list; a trial run over a large list leaves thousands. */
const MAX_LISTED = 200
/** Headers of our own messages take some 3 KB. */
const MAX_HEADER_BYTES = 64 * 1024

/** Reads the folder in which the embedded inbox keeps its mail. */
export interface InboxFolder {
  /** The newest messages, newest first; empty while the folder does not exist. */
  list(): Promise<InboxSummary[]>
  read(id: string): Promise<InboxMessage | undefined>
}

/** @param folder - `<time>-<number>.eml` files, as `startInbox` writes them; their names sort by arrival. */
export function openInboxFolder(folder: string): InboxFolder {
  // A message never changes once it has its name.
  const known = new Map<string, InboxSummary>()
  return {
    async list() {
      const ids = (await listIds(folder)).slice(0, MAX_LISTED)
      const listed = new Set(ids)
      for (const id of known.keys()) if (!listed.has(id)) known.delete(id)
      const rows = await Promise.all(ids.map(async (id) => known.get(id) ?? (await readSummary(folder, id))))
      for (const row of rows) if (row) known.set(row.id, row)
      return rows.filter((row) => row !== undefined)
    },
    async read(id) {
      if (!isSafeName(id)) return undefined
      return await withFile(join(folder, `${id}.eml`), async (file) => {
        const raw = await file.readFile()
        const mail = await parse(raw)
        const { mtime } = await file.stat()
        return { ...summarise(id, mail, mtime, raw.length), ...describeParts(mail), raw }
      })
    },
  }
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

function describeParts(mail: Email): Pick<InboxMessage, 'headers' | 'html' | 'text'> {
  return {
    headers: mail.headers.map(({ originalKey, value }) => ({ name: originalKey, value: toLine(value) })),
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
