import type { Authentication } from './services.ts'

/** What can be said of a message's origin without asking anybody. */
export async function authenticate(_raw: Uint8Array): Promise<Authentication> {
  return await Promise.resolve({ results: [] })
}
