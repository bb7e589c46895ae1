import type { RunsRoute } from '../route.ts'
import { RunList } from '../sending/run-list.tsx'
import { RunPage } from '../sending/run-page.tsx'
import type { PageProps } from './types.ts'

/** Sends: all of them, or one. */
export function RunsPage({ route }: PageProps<RunsRoute>) {
  return route.id === undefined ? <RunList route={route} /> : <RunPage key={route.id} route={route} id={route.id} />
}
