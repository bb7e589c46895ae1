import type { DeletedBody } from '../../api.ts'
import { deleteJson, explain } from '../fetch-json.ts'
import { count } from '../format.ts'
import { getState, go } from '../store.ts'
import { toast } from '../toast.tsx'

/** Deletes one message; when it is open, the next older one is opened, or the list. */
export async function deleteMessage(id: string): Promise<void> {
  const { route, messages = [] } = getState()
  const at = messages.findIndex((message) => message.id === id)
  const next = at < 0 ? undefined : (messages[at + 1] ?? messages[at - 1])
  try {
    await deleteJson<DeletedBody>(`/api/inbox/${encodeURIComponent(id)}`)
    if (route.page === 'inbox' && route.id === id) go({ ...route, id: next?.id, tab: 'html' }, { replace: true })
    toast({ words: 'The message is deleted.', look: 'done' })
  } catch (error) {
    tellTrouble(error)
  }
}

/** Deletes all. @returns whether it was done. */
export async function deleteAllMessages(): Promise<boolean> {
  try {
    const { deleted } = await deleteJson<DeletedBody>('/api/inbox')
    toast({ words: `${count(deleted, 'message')} deleted.`, look: 'done' })
    return true
  } catch (error) {
    tellTrouble(error)
    return false
  }
}

function tellTrouble(error: unknown): void {
  const { message, hint } = explain(error).error
  toast({ words: hint === undefined ? message : `${message} ${hint}`, look: 'trouble' })
}
