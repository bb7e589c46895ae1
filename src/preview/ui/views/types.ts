import type { ComponentType } from 'react'
import type { BlocksRoute, InboxRoute, IssueRoute, RunsRoute } from '../route.ts'
import type { ShownIssue, State } from '../store.ts'

/** What a view of an issue is given. `open.body.mail` is missing when the issue has never been built. */
export interface IssueViewProps {
  readonly open: ShownIssue
  readonly route: IssueRoute
  readonly state: State
  /** Another view is on top; only for views that stay. */
  readonly isHidden: boolean
  /** To be told of keys that are pressed inside a frame. */
  readonly onKey: (event: KeyboardEvent) => void
}

/** One way to look at an issue; its id stands in the address: `#/issues/<slug>/<id>`. */
export interface IssueView {
  readonly id: string
  readonly label: string
  /** As `event.key`; on a keyboard and in the list of shortcuts. */
  readonly key: string
  /** Kept in the page once it was opened, so that it keeps its place. */
  readonly stays?: boolean
  readonly load: () => Promise<ComponentType<IssueViewProps>>
}

/** What a page of its own is given. */
export interface PageProps<R> {
  readonly state: State
  readonly route: R
  readonly onKey: (event: KeyboardEvent) => void
}

/** Something that is no view of an issue: `#/<id>`. */
export interface StudioPage<R> {
  readonly id: string
  readonly label: string
  readonly key: string
  readonly load: () => Promise<ComponentType<PageProps<R>>>
}

export interface StudioPages {
  readonly inbox: StudioPage<InboxRoute>
  readonly runs: StudioPage<RunsRoute>
  readonly blocks: StudioPage<BlocksRoute>
}
