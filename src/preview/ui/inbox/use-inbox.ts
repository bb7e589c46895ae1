import type { InboxBody } from '../../api.ts'
import { type Resource, useResource } from '../resource.ts'
import type { State } from '../store.ts'

/** What the inbox holds; new mail appears by itself. @param query - words of sender, recipient or subject */
export function useInbox(query: string, { messages, messageTotal }: State): Resource<InboxBody> {
  const path = `/api/inbox?q=${encodeURIComponent(query)}`
  const resource = useResource<InboxBody>(path, ['inbox'])
  // The page is told of all of it anyway.
  if (query === '' && messages) return { ...resource, data: { messages, total: messageTotal ?? messages.length } }
  return resource
}
