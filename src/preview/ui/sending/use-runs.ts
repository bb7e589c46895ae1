import { useEffect, useRef } from 'react'
import type { RunBody, RunsBody } from '../../api.ts'
import { type Resource, useResource } from '../resource.ts'
import { useStore } from '../store.ts'

/** All sends, as they go. */
export function useRuns(): Resource<RunsBody> {
  return useFresh(useResource<RunsBody>('/api/runs', ['ledger', 'config']))
}

/** One send, as it goes. @param id - of the issue */
export function useRun(id: string): Resource<RunBody> {
  return useFresh(useResource<RunBody>(`/api/runs/${encodeURIComponent(id)}`, ['ledger', 'config']))
}

/** While the server was away nobody told of changes. */
function useFresh<T>(resource: Resource<T>): Resource<T> {
  const { look } = useStore().status
  const wasLost = useRef(false)
  const { reload } = resource
  useEffect(() => {
    if (look !== 'lost' && wasLost.current) reload()
    wasLost.current = look === 'lost'
  }, [look, reload])
  return resource
}
