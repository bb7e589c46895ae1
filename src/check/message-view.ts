import { LineIndex, type Position } from '../base/index.ts'
import type { Message } from '../message/index.ts'
import type { Part } from './finding.ts'
import { cutExcerpt } from './html.ts'

/** One field of a head. Octets stand as characters U+0000 to U+00FF. */
export interface MessageField {
  readonly name: string
  /** The name in lower case. */
  readonly key: string
  /** Unfolded and trimmed, not decoded. */
  readonly value: string
  /** With name, folds and without the last line end. */
  readonly raw: string
  readonly offset: number
}

/** A part of a message; the message itself is the outermost. */
export interface MessagePart {
  readonly fields: readonly MessageField[]
  /** In lower case; `text/plain` where nothing is said (RFC 2045 §5.2). */
  readonly type: string
  /** Of Content-Type, names in lower case. */
  readonly parameters: Readonly<Record<string, string>>
  /** In lower case; `7bit` where nothing is said (RFC 2045 §6.1). */
  readonly encoding: string
  /** As it stands in the message, encoded. */
  readonly body: string
  readonly offset: number
  readonly parts: readonly MessagePart[]
}

/** The bytes of a message, read once for all rules. */
export interface MessageView {
  readonly raw: string
  readonly root: MessagePart
  readonly lines: LineIndex
}

/** How deep parts may lie in parts: ours are three deep, and a hostile message must not exhaust the stack. */
const MAX_DEPTH = 12

const views = new WeakMap<Message, MessageView>()

/** Reads a message leniently: whatever is wrong with it, rules can look at what is there. */
export function viewMessage(message: Message): MessageView {
  const known = views.get(message)
  if (known) return known
  const raw = message.raw.toString('latin1')
  const view = { raw, root: readPart(raw, 0, 0), lines: new LineIndex(raw) }
  views.set(message, view)
  return view
}

/** The fields of the outermost head with that name, in order. */
export function listFields({ root }: MessageView, name: string): MessageField[] {
  return root.fields.filter(({ key }) => key === name.toLowerCase())
}

/** Every part that holds no other, in order. */
export function listLeaves(part: MessagePart): MessagePart[] {
  return part.parts.length === 0 ? [part] : part.parts.flatMap(listLeaves)
}

/** Every part that holds others, the outermost first. */
export function listGroups(part: MessagePart): MessagePart[] {
  return part.parts.length === 0 ? [] : [part, ...part.parts.flatMap(listGroups)]
}

/** A place in a message, in the shape that `report` takes. */
export interface MessagePlace {
  readonly part: Part
  readonly position: Position
  readonly excerpt: string
}

export function placeField({ lines }: MessageView, field: MessageField): MessagePlace {
  return { part: 'headers', position: lines.position(field.offset), excerpt: cutExcerpt(field.raw) }
}

/** @param offset - of the message's bytes. */
export function placeByte({ raw, lines, root }: MessageView, offset: number): MessagePlace {
  const part = offset < root.offset ? 'headers' : 'message'
  return { part, position: lines.position(offset), excerpt: cutExcerpt(raw.slice(offset, offset + 200)) }
}

function readPart(text: string, start: number, depth: number): MessagePart {
  const { head, bodyAt } = splitHead(text)
  const fields = readFields(head, start)
  const valueOf = (name: string) => fields.find(({ key }) => key === name)?.value ?? ''
  const [type = '', ...parameters] = splitOutsideQuotes(valueOf('content-type'), ';')
  const part = {
    fields,
    type: type.trim().toLowerCase() || 'text/plain',
    parameters: Object.fromEntries(parameters.flatMap(readParameter)),
    encoding: valueOf('content-transfer-encoding').toLowerCase() || '7bit',
    body: text.slice(bodyAt),
    offset: start + bodyAt,
  }
  const boundary = part.type.startsWith('multipart/') ? part.parameters['boundary'] : undefined
  return { ...part, parts: boundary && depth < MAX_DEPTH ? readParts(part, boundary, depth) : [] }
}

function readParts({ body, offset }: { body: string; offset: number }, boundary: string, depth: number): MessagePart[] {
  const parts: MessagePart[] = []
  let from: number | undefined
  for (const { 0: line, index } of body.matchAll(/^--[^\r\n]*/gm)) {
    const isEnd = line.trimEnd() === `--${boundary}--`
    if (!isEnd && line.trimEnd() !== `--${boundary}`) continue
    // The line end before a boundary belongs to it (RFC 2046 §5.1.1).
    if (from !== undefined) {
      parts.push(readPart(body.slice(from, index).replace(/\r?\n$/, ''), offset + from, depth + 1))
    }
    if (isEnd) return parts
    from = index + line.length + (/^\r?\n/.exec(body.slice(index + line.length))?.[0].length ?? 0)
  }
  return parts
}

function splitHead(text: string): { head: string; bodyAt: number } {
  if (/^\r?\n/.test(text)) return { head: '', bodyAt: text.indexOf('\n') + 1 }
  const end = /\r?\n\r?\n/.exec(text)
  return end
    ? { head: text.slice(0, end.index), bodyAt: end.index + end[0].length }
    : { head: text, bodyAt: text.length }
}

function readFields(head: string, start: number): MessageField[] {
  const fields: MessageField[] = []
  // A line that begins with a blank belongs to the one before.
  for (const { 0: raw, index } of head.matchAll(/[^\r\n]+(?:\r?\n[ \t][^\r\n]*)*/g)) {
    const colon = raw.indexOf(':')
    if (colon < 1) continue
    const name = raw.slice(0, colon).trimEnd()
    const value = raw
      .slice(colon + 1)
      .replaceAll(/\r?\n(?=[ \t])/g, '')
      .trim()
    fields.push({ name, key: name.toLowerCase(), value, raw, offset: start + index })
  }
  return fields
}

function readParameter(text: string): [string, string][] {
  const [, name = '', quoted, plain = ''] = /^\s*([^=\s]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/.exec(text) ?? []
  return name === '' ? [] : [[name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? plain]]
}

/** A quoted string, a comment with at most one inside, an address in brackets, an escaped character, or any other. */
const TOKEN = /"(?:[^"\\]|\\.)*"?|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)?|<[^>]*>?|\\.?|[^"(<\\]+?/gs

/** Splits a structured value; separators in quotes, comments and angle brackets do not count. @see RFC 5322 §3.2 */
export function splitOutsideQuotes(text: string, separator: string): string[] {
  const pieces = ['']
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === separator) pieces.push('')
    else pieces.push(`${pieces.pop() ?? ''}${token}`)
  }
  return pieces
}
