import { useCallback, useEffect, useState } from 'react'
import type { ChangeEvent, ErrorBody } from '../api.ts'
import { fetchJson, toErrorBody } from './fetch-json.ts'
import { useStore } from './store.ts'

/** Something of the server's; what it was stays in sight until the next is there. */
export interface Resource<T> {
  /** Missing: not there yet. */
  readonly data?: T | undefined
  readonly failure?: ErrorBody | undefined
  /** Whether an answer to this very path is awaited. */
  readonly isLoading: boolean
  readonly reload: () => void
}

/**
 * Keeps what stands at an address of /api.
 *
 * @param path - undefined: nothing is asked for.
 * @param kinds - changes after which it is asked for again.
 */
export function useResource<T>(path: string | undefined, kinds: readonly ChangeEvent['kind'][] = []): Resource<T> {
  const { changes } = useStore()
  const [kept, keep] = useState<{ readonly path?: string; readonly data?: T; readonly failure?: ErrorBody }>({})
  const [asked, setAsked] = useState(0)
  const version = kinds.reduce((sum, kind) => sum + (changes[kind] ?? 0), asked)
  useEffect(() => {
    if (path === undefined) return undefined
    const controller = new AbortController()
    fetchJson<T>(path, controller.signal)
      .then((data) => keep({ path, data }))
      .catch((error: unknown) => {
        const failure = toErrorBody(error)
        // Out of reach, or not wanted any more: what is there stays.
        if (failure && !controller.signal.aborted) keep((before) => ({ ...before, path, failure }))
      })
    return () => controller.abort()
  }, [path, version])
  const reload = useCallback(() => setAsked((number) => number + 1), [])
  return { data: kept.data, failure: kept.failure, isLoading: path !== undefined && kept.path !== path, reload }
}
