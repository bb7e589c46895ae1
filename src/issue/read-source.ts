import { open } from 'node:fs/promises'
import { type Diagnostic, LineIndex, messageOf } from '../base/index.ts'
import { fileErrors } from './errors/file.ts'
import { describe } from './reading.ts'

/** An issue of a hundred entries has some 100 KB. */
const MAX_BYTES = 2 * 1024 * 1024

/** Reads a file as text, without a byte order mark. */
export async function readSource(path: string, file: string): Promise<{ source?: string; diagnostics: Diagnostic[] }> {
  let bytes: Buffer | Diagnostic
  try {
    bytes = await readBytes(path, file)
  } catch (error) {
    return { diagnostics: [describe(fileErrors.unreadable, file, undefined, explain(error))] }
  }
  if (!Buffer.isBuffer(bytes)) return { diagnostics: [bytes] }
  return decode(bytes, file)
}

// One handle for the checks and the reading, so that the file cannot change between them.
async function readBytes(path: string, file: string): Promise<Buffer | Diagnostic> {
  const handle = await open(path)
  try {
    const info = await handle.stat()
    if (info.isDirectory()) return describe(fileErrors.directory, file, undefined)
    if (!info.isFile()) return describe(fileErrors.unreadable, file, undefined, 'it is no regular file')
    if (info.size > MAX_BYTES) return describe(fileErrors.tooLarge, file, undefined, info.size)
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}

function explain(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'ENOENT') return 'it does not exist'
  if (code === 'EACCES' || code === 'EPERM') return 'you may not open it'
  return messageOf(error)
}

function decode(bytes: Buffer, file: string): { source?: string; diagnostics: Diagnostic[] } {
  const lenient = new TextDecoder().decode(bytes)
  if (bytes.includes(0)) {
    const at = lenient.indexOf('\0')
    return { diagnostics: [describe(fileErrors.binary, file, new LineIndex(lenient).range(at, at + 1))] }
  }
  try {
    const source = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { source, diagnostics: findControls(source, file) }
  } catch {
    const at = findDamage(bytes, lenient)
    return { diagnostics: [describe(fileErrors.encoding, file, new LineIndex(lenient).range(at, at + 1))] }
  }
}

// The first replacement character that is not one in the file itself.
function findDamage(bytes: Buffer, lenient: string): number {
  let at = lenient.indexOf('\u{FFFD}')
  while (at >= 0 && bytes.toString('utf8', ...slice(lenient, at)) === '\u{FFFD}' && isWritten(bytes, lenient, at)) {
    at = lenient.indexOf('\u{FFFD}', at + 1)
  }
  return Math.max(0, at)
}

function slice(text: string, at: number): [number, number] {
  const start = Buffer.byteLength(text.slice(0, at))
  return [start, start + 3]
}

function isWritten(bytes: Buffer, text: string, at: number): boolean {
  const [start, end] = slice(text, at)
  return bytes.subarray(start, end).equals(Buffer.from('\u{FFFD}'))
}

const CONTROLS =
  // oxlint-disable-next-line no-control-regex
  /[\u{1}-\u{8}\u{B}\u{C}\u{E}-\u{1F}\u{7F}-\u{84}\u{86}-\u{9F}\u{202A}-\u{202E}\u{2066}-\u{2069}\u{FFF9}-\u{FFFB}\p{Co}]/u

function findControls(source: string, file: string): Diagnostic[] {
  const match = CONTROLS.exec(source)
  if (!match) return []
  const code = `U+${(match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  const range = new LineIndex(source).range(match.index, match.index + match[0].length)
  return [describe(fileErrors.controlCharacter, file, range, code)]
}
