import type { ErrorBody } from '../api.ts'

/** The server's words on why it has no answer. */
export class Problem extends Error {
  readonly code: string
  readonly hint: string | undefined

  constructor({ error }: ErrorBody) {
    super(error.message)
    this.code = error.code
    this.hint = error.hint
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
