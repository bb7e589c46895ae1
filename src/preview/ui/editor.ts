import type { EditorLink, FilePlace } from '../api.ts'
import { explain, fetchJson, postJson } from './fetch-json.ts'
import { getState } from './store.ts'
import { toast } from './toast.tsx'

/** Opens a file of the newsletter in the author's editor. Says why, when it cannot. */
export async function openInEditor(place: FilePlace): Promise<void> {
  try {
    if (getState().studio?.editor === 'command') await postJson('/api/editor', place)
    else location.assign((await fetchJson<EditorLink>(`/api/editor?${formatPlace(place)}`)).url)
  } catch (error) {
    toast({ words: explain(error).error.message, look: 'trouble' })
  }
}

function formatPlace({ file, line, column }: FilePlace): string {
  const query = new URLSearchParams({ file })
  if (line !== undefined) query.set('line', String(line))
  if (column !== undefined) query.set('column', String(column))
  return query.toString()
}
