import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Rendered, RenderedImage } from '../../render/index.ts'
import { type BodyPieces, type CompiledBody, encodeSegments, packBody } from './segments.ts'

/** A body and the header fields that say how to read it. */
export interface MimeBody extends CompiledBody {
  /** MIME-Version and Content-Type, each line with its CRLF. */
  readonly head: string
}

/**
 * Text and HTML of an issue as alternatives, the HTML together with the images that travel with it.
 *
 * @param readImage - bytes of an image by its path; default: the file's.
 * @see RFC 2046 §5.1.4, RFC 2387, RFC 2392
 */
export function compileBody(rendered: Rendered, readImage: (path: string) => Uint8Array = readFileSync): MimeBody {
  // `=_` occurs neither in quoted-printable nor in base64, so that no reader's value can be a boundary (RFC 2045 §6.7).
  const seed = createHash('sha256').update(`${rendered.issueId}\n${rendered.hash}`).digest('hex').slice(0, 16)
  const boundary = `=_${seed}_alternative`
  const pieces = [
    `--${boundary}\r\n${TEXT_HEAD}`,
    ...encodeSegments(rendered.text, 'text'),
    `\r\n--${boundary}\r\n`,
    ...encodeHtml(rendered, `=_${seed}_related`, readImage),
    `\r\n--${boundary}--\r\n`,
  ]
  const head = `MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="${boundary}"\r\n`
  return { head, ...packBody(pieces) }
}

const ENCODING = 'Content-Transfer-Encoding: quoted-printable\r\n\r\n'
const TEXT_HEAD = `Content-Type: text/plain; charset=utf-8\r\n${ENCODING}`
const HTML_HEAD = `Content-Type: text/html; charset=utf-8\r\n${ENCODING}`

function encodeHtml(rendered: Rendered, boundary: string, readImage: (path: string) => Uint8Array): BodyPieces {
  const html = [HTML_HEAD, ...encodeSegments(rendered.html, 'html')]
  // Only images sent inside the mail: with `url` set they are loaded from the archive.
  const images = rendered.images.filter((image) => image.cid !== undefined)
  if (images.length === 0) return html
  return [
    `Content-Type: multipart/related; type="text/html";\r\n boundary="${boundary}"\r\n\r\n--${boundary}\r\n`,
    ...html,
    ...images.map((image) => `\r\n--${boundary}\r\n${encodeImage(image, readImage(image.path))}`),
    `\r\n--${boundary}--\r\n`,
  ]
}

function encodeImage({ cid = '', filename, contentType }: RenderedImage, bytes: Uint8Array): string {
  // A name in other letters needs RFC 2231, which half of the programs cannot read; nobody sees the name of an inline image.
  const name = filename.replaceAll(/[^\w.-]+/g, '').replace(/^[-.]+/, '')
  return [
    `Content-Type: ${contentType}; name="${name}"`,
    `Content-ID: <${cid}>`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: inline; filename="${name}"`,
    '',
    Buffer.from(bytes)
      .toString('base64')
      .replaceAll(/.{76}(?=.)/g, '$&\r\n'),
  ].join('\r\n')
}
