import { z } from 'zod'
import { listGroups, listLeaves, type MessagePart, type MessageView, placeByte, viewMessage } from '../message-view.ts'
import { quote } from '../quote.ts'
import { defineRule, type Report } from '../rule.ts'

export const mimeStructure = defineRule({
  id: 'mime-structure',
  severity: 'error',
  needs: 'message',
  summary: 'Message whose parts mail programs cannot put together',
  why: 'A mail program shows the last of the alternatives that it understands, so the text comes before the HTML; without a charset it guesses; what is not encoded as it says shows as rubbish; an image that the HTML names and no part holds is a broken picture.',
  remedy: 'Let Letterpress write the message, or mend what changes it on its way.',
  reference: 'RFC 2046 §5.1.4; RFC 2045 §5.2 and §6; RFC 2392; SpamAssassin MIME_HTML_ONLY',
  bad: 'Content-Type: text/html\n\n<p>Fünf Papiere</p>',
  good: 'Content-Type: multipart/alternative; boundary="=_1"\n\n--=_1\nContent-Type: text/plain; charset=utf-8\n…\n--=_1\nContent-Type: text/html; charset=utf-8\n…',
  options: z.strictObject({}),
  check({ message, report }) {
    const view = viewMessage(message)
    const leaves = listLeaves(view.root)
    const alternative = judgeAlternative(view, leaves)
    if (alternative) report(alternative)
    for (const leaf of leaves) {
      for (const trouble of judgeLeaf(leaf)) {
        report({ message: `The ${leaf.type} part ${trouble}.`, ...placePart(view, leaf) })
      }
    }
    for (const missing of findMissingImages(view, leaves)) report(missing)
  },
})

function judgeAlternative(view: MessageView, leaves: readonly MessagePart[]): Report | undefined {
  const group = listGroups(view.root).find(({ type }) => type === 'multipart/alternative')
  const isHtml = leaves.some(({ type }) => type === 'text/html')
  if (!group) {
    return isHtml
      ? { message: 'The HTML has no text beside it (multipart/alternative).', ...placePart(view, view.root) }
      : undefined
  }
  const types = group.parts.map((part) => listLeaves(part)[0]?.type)
  const [text, html] = [types.indexOf('text/plain'), types.indexOf('text/html')]
  const place = placePart(view, group)
  if (text < 0) return { message: 'The alternatives hold no text/plain part.', ...place }
  if (html < 0) return { message: 'The alternatives hold no text/html part.', ...place }
  if (text < html) return undefined
  const last = group.parts[text]
  const after = last ? placePart(view, last) : place
  return { message: 'The text stands after the HTML, so that mail programs show the text.', ...after }
}

function judgeLeaf({ type, parameters, encoding, body }: MessagePart): string[] {
  const isText = type === 'text/plain' || type === 'text/html'
  return [
    isText && !parameters['charset'] ? 'names no charset' : '',
    encoding === 'base64' && !isBase64(body) ? 'is no base64' : '',
    encoding === 'quoted-printable' && !isQuotedPrintable(body) ? 'is no quoted-printable' : '',
    encoding === '7bit' && /[\u{80}-\u{FF}]/u.test(body) ? 'holds bytes beyond ASCII and says 7bit' : '',
    /^(?:7bit|8bit|binary|base64|quoted-printable)$/.test(encoding)
      ? ''
      : `has the unknown encoding ${quote(encoding)}`,
  ].filter(Boolean)
}

function isBase64(body: string): boolean {
  const data = body.replaceAll(/\s+/g, '')
  return /^[A-Za-z0-9+/]*={0,2}$/.test(data) && data.length % 4 === 0
}

function isQuotedPrintable(body: string): boolean {
  return !/=(?![0-9A-F]{2}|[ \t]*\r?\n|[ \t]*$)|[\u{80}-\u{FF}]/u.test(body)
}

function findMissingImages(view: MessageView, leaves: readonly MessagePart[]): Report[] {
  const ids = new Set(
    leaves.flatMap(({ fields }) =>
      fields.filter(({ key }) => key === 'content-id').map(({ value }) => value.replaceAll(/^<|>$/g, '')),
    ),
  )
  return leaves
    .filter(({ type }) => type === 'text/html')
    .flatMap((html) =>
      [...new Set(Array.from(decode(html).matchAll(/["'(]cid:([^"')\s]+)/gi), ([, id = '']) => safeDecode(id)))]
        .filter((id) => !ids.has(id))
        .map((id) => ({
          message: `The HTML shows "cid:${id}", and no part has that Content-ID.`,
          ...placePart(view, html),
        })),
    )
}

function decode({ encoding, body }: MessagePart): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('latin1')
  if (encoding !== 'quoted-printable') return body
  return body
    .replaceAll(/=[ \t]*\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

// A part's own head is what names its type; the outermost has Content-Type among many others.
function placePart(view: MessageView, part: MessagePart) {
  const field = part.fields.find(({ key }) => key === 'content-type')
  return placeByte(view, field?.offset ?? part.offset)
}
