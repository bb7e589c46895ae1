import { messageOf } from '../base/index.ts'

/** Receivers do not wait long for an answer either. */
const TIMEOUT_MS = 10_000

/**
 * Asks a site without following anything, without cookies.
 *
 * @returns the answer, its body read to the end; or why there is none, in words without a full stop.
 */
export async function reach(url: string, init: RequestInit, signal: AbortSignal): Promise<Response | string> {
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
    const response = await fetch(url, { ...init, redirect: 'manual', signal: within })
    await response.arrayBuffer()
    return response
  } catch (error) {
    const { cause } = error as Error
    if ((error as Error).name === 'TimeoutError') return `no answer came within ${TIMEOUT_MS / 1000} seconds`
    return cause instanceof AggregateError ? messageOf(cause.errors[0]) : messageOf(cause ?? error)
  }
}
