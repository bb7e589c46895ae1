import type { App } from '../../app.ts'
import { AppError, type Terminal } from '../../base/index.ts'
import type { Database } from '../../db/index.ts'
import {
  type Approval,
  type Content,
  discardRehearsal,
  findRun,
  freeze,
  notConfirmed,
  refused,
  type Run,
  selectAudience,
  wrongSlug,
} from '../../delivery/index.ts'
import { holdImages } from '../../render/index.ts'
import { createSubscriberStore, formatSegment } from '../../subscriber/index.ts'
import type { Plan, Refusal } from '../../make-plan.ts'

/** How the author agreed; undefined when they broke off. */
export type Consent = Approval['approvedBy'] | undefined

/**
 * Has the author type the slug, or takes --yes for it.
 *
 * @throws AppError `delivery/not-confirmed` where nobody can be asked, `delivery/wrong-slug`
 */
export async function confirm(
  { ask, errPaint }: Terminal,
  slug: string,
  readers: number,
  isYes: boolean,
): Promise<Consent> {
  if (isYes) return 'flag'
  if (!ask) throw usage(notConfirmed.code, notConfirmed.message(readers), notConfirmed.hint())
  const count = readers === 1 ? '1 reader' : `${readers} readers`
  return await askName({ ask, errPaint }, slug, `to mail it to ${count}`, 'Nothing was sent.')
}

/**
 * Has the author type the slug.
 *
 * @param rest - what is said when it is another text.
 * @returns undefined when they broke off.
 * @throws AppError `delivery/wrong-slug`
 */
export async function askName(
  { ask, errPaint }: Pick<Terminal, 'ask' | 'errPaint'>,
  slug: string,
  purpose: string,
  rest: string,
): Promise<'typed' | undefined> {
  const typed = await ask?.(`Type ${errPaint.bold(slug)} ${purpose}: `)
  if (typed === undefined) return undefined
  if (typed.trim() !== slug) throw usage(wrongSlug.code, wrongSlug.message(typed.trim(), slug, rest))
  return 'typed'
}

/** @returns what --force overrides. @throws AppError `delivery/refused` */
export function overrule({ id, refusals }: Plan, isForced: boolean): Refusal['kind'][] {
  const standing = isForced ? refusals.filter(({ canForce }) => !canForce) : refusals
  if (standing.length === 0) return refusals.map(({ kind }) => kind)
  const reasons = standing.map(({ text }) => text)
  const hint = standing.every(({ canForce }) => canForce) ? refused.hint() : undefined
  throw usage(refused.code, refused.message(id, reasons), hint)
}

/**
 * What the author is asked about, with the images in memory: they may take their time to answer.
 *
 * @throws AppError `render/image-changed`
 */
export function holdContent({ sender }: App, { rendered }: Plan): Content {
  if (!rendered) throw new TypeError('an issue that cannot be rendered is to be approved')
  return { rendered, sender, readImage: holdImages(rendered) }
}

/** What `freezePlan` needs besides the plan. */
export interface FreezeOptions {
  readonly app: App
  readonly db: Database
  readonly terminal: Pick<Terminal, 'note'>
  readonly plan: Plan
  readonly content: Content
  readonly consent: Approval['approvedBy']
  readonly forced: readonly string[]
  /** A run into the inbox that makes way. */
  readonly rehearsal?: Run
  /** Missing: at once. */
  readonly startsAt?: Date
}

/**
 * Makes one message for the first reader, then freezes content and audience, and tells what is otherwise than planned.
 *
 * @throws what composing throws, and `freeze`.
 */
export async function freezePlan(options: FreezeOptions): Promise<Run> {
  const { app, db, terminal, plan, content, consent, forced, rehearsal, startsAt } = options
  const { issue, segment, transport } = plan
  if (!issue) throw new TypeError('an issue that cannot be read was approved')
  const { value: page } = await createSubscriberStore(db, app.clock).readAudience(segment).next()
  const now = app.clock.now()
  if (page?.[0]) await app.composerFor(content)(page[0], now)
  let isKnown = false
  const run = await db.transaction(async (tx) => {
    if (rehearsal) await discardRehearsal(tx, rehearsal)
    isKnown = (await findRun(tx, issue.id)) !== undefined
    const approval: Approval = {
      issueId: issue.id,
      slug: issue.slug,
      file: issue.file,
      segment: formatSegment(segment),
      transport,
      approvedBy: consent,
      forced,
      at: now,
      content,
      ...(startsAt ? { startsAt } : {}),
    }
    return await freeze(tx, approval, selectAudience(db, segment))
  })
  if (isKnown) terminal.note('It was approved meanwhile by somebody else, with the same content; going on with that.')
  else if (run.total !== plan.audience) {
    terminal.note(`The list has changed since the plan: ${run.total} get it, not ${plan.audience}.`)
  }
  return run
}

function usage(code: string, message: string, hint?: string): AppError {
  return new AppError(code, message, { kind: 'usage', ...(hint === undefined ? {} : { hint }) })
}
