import type { IssueView, StudioPages } from './types.ts'

/** The views of an issue, in the order of the tabs. The first is shown when an address names none or one that is unknown. */
export const ISSUE_VIEWS = [
  { id: 'mail', label: 'Mail', key: '1', stays: true, load: async () => (await import('./mail.tsx')).MailView },
  { id: 'grid', label: 'Grid', key: '2', load: async () => (await import('./grid.tsx')).GridView },
  { id: 'text', label: 'Text', key: '3', load: async () => (await import('./text.tsx')).TextView },
  { id: 'headers', label: 'Headers', key: '4', load: async () => (await import('./headers.tsx')).HeadersView },
  { id: 'raw', label: 'Raw', key: '5', load: async () => (await import('./raw.tsx')).RawView },
  { id: 'source', label: 'Source', key: '6', load: async () => (await import('./source.tsx')).SourceView },
  { id: 'tree', label: 'Tree', key: '7', load: async () => (await import('./tree.tsx')).TreeView },
  { id: 'findings', label: 'Findings', key: '8', load: async () => (await import('./findings.tsx')).FindingsView },
  { id: 'weight', label: 'Weight', key: '9', load: async () => (await import('./weight.tsx')).WeightView },
  { id: 'test', label: 'Test', key: 't', load: async () => (await import('./test.tsx')).TestView },
  { id: 'plan', label: 'Plan', key: 'p', load: async () => (await import('./plan.tsx')).PlanView },
] as const satisfies readonly IssueView[]

/** Pages beside the issues. */
export const PAGES: StudioPages = {
  inbox: { id: 'inbox', label: 'Inbox', key: 'i', load: async () => (await import('./inbox.tsx')).InboxPage },
  runs: { id: 'runs', label: 'Sends', key: 's', load: async () => (await import('./sending.tsx')).RunsPage },
  blocks: { id: 'blocks', label: 'Blocks', key: 'b', load: async () => (await import('./blocks.tsx')).BlocksPage },
}
