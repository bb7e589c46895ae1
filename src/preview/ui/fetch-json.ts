import type { ErrorBody } from '../api.ts'

/** The server's words on why it has no answer, or does not do it. */
export class Problem extends Error {
  readonly body: ErrorBody

  constructor(body: ErrorBody) {
    super(body.error.message)
    this.body = body
  }
}

/**
 * Gets JSON from the studio's own server.
 *
 * @throws Problem when it answers in words; TypeError when it cannot be reached.
 */
export async function fetchJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return await ask<T>(path, signal ? { signal } : {})
}

/** Asks for something that writes or sends, with the token of this page. @throws as `fetchJson` */
export async function postJson<T>(path: string, wish: object): Promise<T> {
  return await ask<T>(path, { method: 'POST', headers: actionHeaders(), body: JSON.stringify(wish) })
}

/** @throws as `fetchJson` */
export async function deleteJson<T>(path: string): Promise<T> {
  return await ask<T>(path, { method: 'DELETE', headers: actionHeaders() })
}

/** A server that cannot be reached says nothing: the page shows what it has, and the connection says why. */
export function toErrorBody(error: unknown): ErrorBody | undefined {
  return error instanceof Problem ? error.body : undefined
}

/** For the answer to a click, where silence would be no answer. */
export function explain(error: unknown): ErrorBody {
  return toErrorBody(error) ?? OUT_OF_REACH
}

const OUT_OF_REACH: ErrorBody = {
  error: {
    code: 'out-of-reach',
    message: 'The preview server does not answer, so nothing was done.',
    hint: 'Start "letterpress dev" again in the terminal and try once more; this page goes on by itself.',
  },
}

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(path, init)
  if (response.status === 204) return undefined as T
  const body = (await response.json()) as unknown
  if (!response.ok) throw new Problem(body as ErrorBody)
  return body as T
}

function actionHeaders(): Record<string, string> {
  const token = document.querySelector<HTMLMetaElement>('meta[name=letterpress-token]')?.content ?? ''
  return { 'Content-Type': 'application/json', 'X-Letterpress-Token': token }
}
