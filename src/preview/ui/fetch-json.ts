import type { ErrorBody } from '../api.ts'

/** The server's words on why it has no answer. */
class Problem extends Error {
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
export async function fetchJson<T>(path: string): Promise<T> {
  const response = await fetch(path)
  const body = (await response.json()) as unknown
  if (!response.ok) throw new Problem(body as ErrorBody)
  return body as T
}

/** A server that cannot be reached says nothing: the page shows what it has, and the connection says why. */
export function toErrorBody(error: unknown): ErrorBody | undefined {
  return error instanceof Problem ? error.body : undefined
}
