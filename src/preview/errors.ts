import type { ErrorData } from '../base/index.ts'

export const portInUse = {
  code: 'preview/port-in-use',
  title: 'The port of the preview is taken',
  message: (port: number, host: string) =>
    `Port ${port} on ${host} is taken by another program, perhaps by a preview that still runs.`,
  hint: (port: number) =>
    `Stop that program, or choose another port: letterpress dev --port ${port < 65_535 ? port + 1 : 4300}`,
} satisfies ErrorData

export const cannotListen = {
  code: 'preview/cannot-listen',
  title: 'The preview server cannot start',
  message: (port: number, host: string, reason: string) =>
    `The preview server cannot listen on ${host}, port ${port}: ${reason}.`,
  hint: () => '--host takes an address of this machine (default 127.0.0.1), --port a number from 1024 to 65535.',
} satisfies ErrorData

export const watchFailed = {
  code: 'preview/watch-failed',
  title: 'Files cannot be watched',
  message: (reason: string) => `Changes of files are not noticed any more: ${reason}.`,
  hint: () =>
    'Start the preview again. On Linux the limit is fs.inotify.max_user_watches; on network drives CHOKIDAR_USEPOLLING=1 helps.',
} satisfies ErrorData

export const pageMissing = {
  code: 'preview/page-missing',
  title: 'The page of the preview is missing',
  message: (reason: string) => `The page of the preview is missing from this installation: ${reason}.`,
  hint: () => 'Install letterpress again.',
} satisfies ErrorData

export const pageNotBuilt = {
  code: 'preview/page-not-built',
  title: 'The page of the preview cannot be built',
  message: (reason: string) => `The page of the preview cannot be built: ${reason}`,
  hint: () => 'Run npm ci in the repository of letterpress, then start the preview again.',
} satisfies ErrorData

export const refused = {
  code: 'preview/refused',
  title: 'A request that the preview does not answer',
  message: (reason: string) => reason,
} satisfies ErrorData

export const stalePage = {
  code: 'preview/stale-page',
  title: 'A page of an earlier start of the preview',
  message: (reason: string) => reason,
} satisfies ErrorData

export const badWish = {
  code: 'preview/bad-wish',
  title: 'A wish that the preview cannot read',
  message: (reason: string) => `The preview cannot read this: ${reason}.`,
} satisfies ErrorData

export const noReader = {
  code: 'preview/no-reader',
  title: 'No reader with this id',
  message: (id: string) => `No reader has the id "${id}".`,
  hint: () => 'Readers are those of readers.yaml and of the list. One that was forgotten is not there any more.',
} satisfies ErrorData

export const noRun = {
  code: 'preview/no-run',
  title: 'Never approved',
  message: (issue: string) => `The issue "${issue}" was never approved, so nothing of it was sent.`,
} satisfies ErrorData

export const notFound = {
  code: 'preview/not-found',
  title: 'Nothing at this address of the preview',
  message: () => 'There is nothing at this address.',
} satisfies ErrorData

export const noIssue = {
  code: 'preview/no-issue',
  title: 'No issue of this name',
  message: (slug: string) => `There is no issue "${slug}".`,
} satisfies ErrorData

export const notRendered = {
  code: 'preview/not-rendered',
  title: 'An issue that cannot be rendered',
  message: (slug: string) => `The issue "${slug}" cannot be rendered as it is.`,
  hint: () => 'The findings say what is wrong.',
} satisfies ErrorData

export const noMessage = {
  code: 'preview/no-message',
  title: 'No such message in the inbox',
  message: () => 'This message is not in the inbox any more.',
} satisfies ErrorData

export const tooManyPages = {
  code: 'preview/too-many-pages',
  title: 'Too many pages of the preview are open',
  message: () => 'Too many pages of the preview are open. Close some of them.',
} satisfies ErrorData

export const unexpected = {
  code: 'preview/unexpected',
  title: 'The preview failed',
  message: (reason: string) => `The preview failed: ${reason}.`,
  hint: () => 'This is a fault of letterpress, or of a template. The terminal that runs the preview may say more.',
} satisfies ErrorData

/** Every error of this module, for docs/errors.md. */
export const previewErrors: readonly ErrorData[] = [
  portInUse,
  cannotListen,
  watchFailed,
  pageMissing,
  pageNotBuilt,
  refused,
  stalePage,
  badWish,
  noReader,
  noRun,
  notFound,
  noIssue,
  notRendered,
  noMessage,
  tooManyPages,
  unexpected,
]
