import { constants, type Stats } from 'node:fs'
import { open, realpath, stat } from 'node:fs/promises'
import { isAbsolute, relative, resolve } from 'node:path'
import { type Diagnostic, LineIndex, messageOf } from '../base/index.ts'
import { fileErrors } from './errors/file.ts'
import { CONTROLS, nameCharacter } from './control-characters.ts'
import { describe } from './reading.ts'

/** An issue of a hundred entries has some 100 KB. */
const MAX_BYTES = 2 * 1024 * 1024

/**
 * Reads a file as text, without a byte order mark.
 *
 * @param file - path relative to `root`.
 */
export async function readSource(file: string, root: string): Promise<{ source?: string; diagnostics: Diagnostic[] }> {
  let bytes: Buffer | Diagnostic
  try {
    bytes = await readBytes(file, root)
  } catch (error) {
    return { diagnostics: [describe(fileErrors.unreadable, file, undefined, explain(error))] }
  }
  if (!Buffer.isBuffer(bytes)) return { diagnostics: [bytes] }
  return decode(bytes, file)
}

async function readBytes(file: string, root: string): Promise<Buffer | Diagnostic> {
  const path = await realpath(resolve(root, file))
  // A link in the folder must not mail a file from elsewhere.
  const way = relative(await realpath(root), path)
  if (way.startsWith('..') || isAbsolute(way)) return describe(fileErrors.outside, file, undefined)
  // Looked at before it is opened: opening a device can do something, and a pipe would wait for its writer.
  const kind = nameKind(await stat(path))
  if (kind !== undefined) return describe(fileErrors.directory, file, undefined, kind)
  return await readHandle(path, file)
}

// One handle for the checks and the reading, so that the file cannot change between them.
async function readHandle(path: string, file: string): Promise<Buffer | Diagnostic> {
  // Windows has no such flag, and no pipes among its files.
  const handle = await open(path, constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0))
  try {
    const info = await handle.stat()
    const kind = nameKind(info)
    if (kind !== undefined) return describe(fileErrors.directory, file, undefined, kind)
    if (info.size > MAX_BYTES) return describe(fileErrors.tooLarge, file, undefined, info.size)
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}

function nameKind(info: Stats): string | undefined {
  if (info.isFile()) return undefined
  if (info.isDirectory()) return 'folder'
  if (info.isFIFO()) return 'pipe'
  return info.isSocket() ? 'socket' : 'device'
}

function explain(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'ENOENT') return 'it does not exist'
  if (code === 'EACCES' || code === 'EPERM') return 'you may not open it'
  return messageOf(error)
}

function decode(bytes: Buffer, file: string): { source?: string; diagnostics: Diagnostic[] } {
  const lenient = new TextDecoder().decode(bytes)
  if (isUtf16(bytes)) return { diagnostics: [describe(fileErrors.utf16, file, new LineIndex('').range(0, 0))] }
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

// A byte order mark, or every other byte of the first characters zero, as of `---` and a line end.
function isUtf16(bytes: Buffer): boolean {
  const mark = bytes.subarray(0, 2).toString('hex')
  if (mark === 'fffe' || mark === 'feff') return true
  const head = bytes.subarray(0, 8)
  const zeros = [...head].map((byte) => (byte === 0 ? '0' : 'x')).join('')
  return zeros === 'x0x0x0x0' || zeros === '0x0x0x0x'
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

function findControls(source: string, file: string): Diagnostic[] {
  const match = CONTROLS.exec(source)
  if (!match) return []
  const range = new LineIndex(source).range(match.index, match.index + match[0].length)
  return [describe(fileErrors.controlCharacter, file, range, nameCharacter(match[0]))]
}
