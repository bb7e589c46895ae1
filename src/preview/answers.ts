import type { Context } from 'hono'
import { AppError } from '../base/index.ts'
import { errorBody, toErrorBody } from './bodies.ts'
import { badWish, noIssue, noMessage, noReader, noRun } from './errors.ts'
import { MAIL_POLICY } from './policy.ts'

/** Shown as text; the whole message is one click away as a file. */
const MAX_RAW_BYTES = 2 * 1024 * 1024

const STATUS: Readonly<Record<string, 400 | 404>> = {
  [badWish.code]: 400,
  [noIssue.code]: 404,
  [noMessage.code]: 404,
  [noReader.code]: 404,
  [noRun.code]: 404,
}

/** Whatever was thrown, in words. */
export function sendProblem(context: Context, error: unknown): Response {
  const isAction = context.req.method === 'POST' || context.req.method === 'DELETE'
  const usual = isAction && error instanceof AppError && error.kind !== 'environment' ? 409 : 500
  return context.json(toErrorBody(error), (error instanceof AppError ? STATUS[error.code] : undefined) ?? usual)
}

export function sendNoIssue(context: Context, slug: string): Response {
  return context.json(errorBody(noIssue.code, noIssue.message(slug)), 404)
}

/** HTML of a mail, for a frame. */
export function sendMail(context: Context, html: string): Response {
  context.header('Content-Security-Policy', MAIL_POLICY)
  return context.html(html)
}

export function sendMessage(context: Context, name: string, raw: Uint8Array): Response {
  return context.body(copyBytes(raw), 200, {
    'Content-Type': 'message/rfc822',
    'Content-Disposition': `attachment; filename="message.eml"; filename*=UTF-8''${encodeURIComponent(name)}.eml`,
  })
}

// A Buffer may be a window on memory shared with others, which the type of a body does not admit.
export function copyBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}

/** A message as text. */
export function decodeRaw(raw: Uint8Array): string {
  const text = new TextDecoder().decode(raw.subarray(0, MAX_RAW_BYTES))
  return raw.length > MAX_RAW_BYTES ? `${text}\n[cut here; the file has all ${raw.length} bytes]` : text
}
