import { mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { App } from '../app.ts'
import { type Address, AppError, type Clock, parseAddress, shorten } from '../base/index.ts'
import type { Inspection } from '../inspect.ts'
import { slugOf } from '../issue/index.ts'
import { draftIssue } from '../new-issue.ts'
import type { CreatedIssue, NewIssue, SentTest, TestWish } from '../preview/index.ts'
import { sendTests } from '../send-test.ts'
import type { Reader } from '../subscriber/index.ts'
import { cannotRender, issueExists, noAddress, noSlug } from './errors.ts'

/** Of a server's words so many characters are shown. */
const MAX_SHOWN = 1000

/** @throws AppError `studio/no-address`, `studio/cannot-render`, and what sending throws */
export async function sendTest(
  app: App,
  { rendered, file }: Inspection,
  reader: Reader,
  { to, into }: Pick<TestWish, 'to' | 'into'>,
): Promise<SentTest> {
  const addresses = to.map(readAddress)
  if (!rendered) {
    const { code, message, hint } = cannotRender
    throw new AppError(code, message(slugOf(file)), { kind: 'usage', hint: hint() })
  }
  const { results, transport, place, isRecorded } = await sendTests(app, {
    rendered,
    reader,
    to: addresses,
    ...(into ? { into } : {}),
  })
  return {
    results: results.map(({ to: email, attempt }) => ({
      to: email,
      kind: attempt.kind,
      reply: shorten(attempt.text, MAX_SHOWN),
      ...(attempt.code === undefined ? {} : { code: attempt.code }),
    })),
    transport,
    place,
    hash: rendered.hash,
    isRecorded,
  }
}

function readAddress(text: string): Address {
  const address = parseAddress(text.trim())
  if (address) return address
  throw new AppError(noAddress.code, noAddress.message(text.trim()), { kind: 'usage' })
}

/** Writes the file of a new issue. @throws AppError `studio/issue-exists`, `studio/no-slug` */
export function createIssue(root: string, clock: Clock, wish: NewIssue): CreatedIssue {
  const draft = draftIssue(root, clock, wish)
  if ('problem' in draft && draft.problem === 'exists') throw exists(draft.file)
  if ('problem' in draft) {
    throw new AppError(noSlug.code, noSlug.message(draft.slug), { kind: 'usage', hint: noSlug.hint() })
  }
  const { slug, file, text } = draft
  const folder = join(root, 'issues')
  mkdirSync(folder, { recursive: true })
  // A folder that is a link elsewhere is not written into.
  if (realpathSync(folder) !== realpathSync(root) + sep + 'issues') throw exists('issues')
  try {
    writeFileSync(join(root, file), text, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw exists(file)
    throw error
  }
  return { slug, file: file.replaceAll(sep, '/') }
}

function exists(file: string): AppError {
  return new AppError(issueExists.code, issueExists.message(file), { kind: 'usage', hint: issueExists.hint() })
}
