import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from './app.ts'
import { countProblems } from './check/index.ts'
import type { Database } from './db/index.ts'
import {
  countMissing,
  createReaders,
  estimateSeconds,
  findGroup,
  findSimilar,
  findTest,
  findTwin,
  type Limits,
  type MissingValues,
  readUsed,
  rebuildUses,
  resolveLimits,
  type SentTest,
  type Used,
} from './delivery/index.ts'
import type { Inspection } from './inspect.ts'
import type { Issue } from './issue/index.ts'
import { buildReaderLinks } from './message/index.ts'
import type { Rendered } from './render/index.ts'
import {
  createSubscriberStore,
  formatSegment,
  parseSegment,
  type Segment,
  type SubscriberStatus,
} from './subscriber/index.ts'
import { describeServer } from './transport/index.ts'

/** Why an issue may not be sent as it is. */
export interface Refusal {
  readonly kind:
    | 'unreadable'
    | 'draft'
    | 'errors'
    | 'untested'
    | 'no-unsubscribe'
    | 'nobody'
    | 'same-content'
    | 'similar-content'
  readonly text: string
  /** Whether --force overrides it. */
  readonly canForce: boolean
}

/** What would happen: the answer of `plan`, and what `send` asks about. */
export interface Plan {
  readonly id: string
  readonly inspection: Inspection
  readonly issue?: Issue
  readonly rendered?: Rendered
  readonly segment: Segment
  /** Readers that get it. */
  readonly audience: number
  readonly byTag: Readonly<Record<string, number>>
  readonly byStatus: Readonly<Record<SubscriberStatus, number>>
  /** Active, but their address is never to be mailed. */
  readonly suppressed: number
  readonly missing: readonly MissingValues[]
  /** Octets of the whole message to the first reader. */
  readonly sizeBytes?: number
  /** At least, under the limits; missing without any. */
  readonly seconds?: number
  readonly limitsUsed: readonly Used[]
  readonly transport: 'smtp' | 'inbox'
  readonly place: string
  /** The newest test as it is now that counts for this transport. */
  readonly test?: SentTest
  /** Whether it was test-sent as it is now, but into the embedded inbox only, and a server would send it. */
  readonly isTestedInInboxOnly: boolean
  readonly refusals: readonly Refusal[]
}

/** @param query - `--segment`; missing: the issue's own audience. @throws AppError `subscriber/invalid-segment` */
export async function makePlan(
  app: App,
  db: Database,
  inspection: Inspection,
  query: string | undefined,
): Promise<Plan> {
  const { issue, rendered } = inspection
  const id = inspection.id ?? inspection.file
  const segment = parseSegment(query ?? issue?.audience ?? '')
  const store = createSubscriberStore(db, app.clock)
  const [byStatus, audience] = [await store.countByStatus(segment), await store.countAudience(segment)]
  const { url } = app.config.smtp
  const transport = url ? 'smtp' : 'inbox'
  const duration = await estimate(app, db, segment, audience)
  const plan = {
    id,
    inspection,
    segment,
    audience,
    byTag: await store.countByTag(segment),
    byStatus,
    suppressed: byStatus.active - audience,
    transport,
    place: url ? placeOf(url) : app.inboxFolder,
    ...(issue ? { issue } : {}),
    ...(rendered ? await weigh(app, db, rendered, segment) : { missing: [] }),
    ...(await readTest(db, rendered, transport)),
    ...duration,
  } satisfies Omit<Plan, 'refusals'>
  return { ...plan, refusals: await listRefusals(app, db, plan) }
}

/** How long it takes at least, with what of the limits is used now, by this issue and by others. */
async function estimate(app: App, db: Database, segment: Segment, audience: number) {
  if (!app.config.smtp.url) return { limitsUsed: [] }
  const limits = resolveLimits(app.config.limits)
  const now = app.clock.now()
  const readers = createReaders(db, app.clock)
  await rebuildUses(db, limits, now, async (keys) => (await readers.findDomains?.(keys)) ?? new Map<number, string>())
  const limitsUsed = await readUsed(db, limits, now)
  const all = [estimateSeconds(audience, limits, limitsUsed) ?? 0]
  for (const [group, readers] of await countGroups(app, db, segment, limits)) {
    const limit = limits.domains.get(group)
    if (limit) all.push(estimateSeconds(readers, limit, await readUsed(db, limit, now, group)) ?? 0)
  }
  const seconds = Math.max(...all)
  return seconds === 0 ? { limitsUsed } : { limitsUsed, seconds }
}

async function countGroups(app: App, db: Database, segment: Segment, { domains }: Limits) {
  const counts = new Map<string, number>()
  if (domains.size === 0) return counts
  for await (const page of createSubscriberStore(db, app.clock).readAudience(segment)) {
    for (const { email } of page) {
      const group = findGroup(domains, email.slice(email.lastIndexOf('@') + 1))
      if (group !== undefined) counts.set(group, (counts.get(group) ?? 0) + 1)
    }
  }
  return counts
}

function placeOf(url: string): string {
  const { host, port } = describeServer(url)
  return `${host}:${port}`
}

/** What the rendered content comes to for these readers. */
async function weigh(app: App, db: Database, rendered: Rendered, segment: Segment) {
  const store = createSubscriberStore(db, app.clock)
  const { value: page } = await store.readAudience(segment).next()
  // What is wrong with every message shows here, before anybody gets one.
  const sample = await app.compose(rendered, page?.[0] ?? app.listReaders()[0], 'sample')
  await app.proveSigning(sample)
  return {
    rendered,
    sizeBytes: sample.raw.length,
    missing: await countMissing(rendered, sampleLinks(app), store.readAudience(segment)),
  }
}

async function readTest(db: Database, rendered: Rendered | undefined, transport: Plan['transport']) {
  const test = rendered && (await findTest(db, rendered.hash, transport))
  if (test) return { test, isTestedInInboxOnly: false }
  return { isTestedInInboxOnly: rendered !== undefined && (await findTest(db, rendered.hash, 'inbox')) !== undefined }
}

function tellUntested({ isTestedInInboxOnly, place }: Omit<Plan, 'refusals'>): string {
  const how = 'Run `letterpress test` and look at it first.'
  return isTestedInInboxOnly
    ? `As it is now it was test-sent into the embedded inbox only, and it would go out through ${place}. ${how}`
    : `It was not test-sent as it is now. ${how}`
}

function sampleLinks({ config: { from, replyTo, url, unsubscribe, bounces } }: App) {
  return buildReaderLinks(
    { id: 'sample', email: from.address, tags: [], fields: {} },
    {
      key: { id: 'sample', secret: 'sample' },
      purpose: 'test',
      unsubscribeMailbox: unsubscribe?.mailbox ?? replyTo ?? from,
      ...(bounces ? { bouncesDomain: bounces.domain } : {}),
      ...(url ? { url } : {}),
    },
  )
}

async function listRefusals(app: App, db: Database, plan: Omit<Plan, 'refusals'>): Promise<Refusal[]> {
  const { inspection, issue, rendered, transport, audience, test, id, segment } = plan
  if (!issue || !rendered) {
    return [{ kind: 'unreadable', text: 'It cannot be rendered; `letterpress check` says why.', canForce: false }]
  }
  const { errors } = countProblems([inspection])
  const who =
    formatSegment(segment) === '' ? 'The list has no active reader' : `No active reader is in ${formatSegment(segment)}`
  const all: (Refusal | false)[] = [
    issue.draft && {
      kind: 'draft',
      text: 'It is a draft. Remove `draft: true` from its front matter.',
      canForce: false,
    },
    transport === 'smtp' &&
      !app.config.url &&
      app.config.unsubscribe === undefined && {
        kind: 'no-unsubscribe',
        text: "Readers could not unsubscribe: set `url` in letterpress.config.ts, or `unsubscribe: 'mailto'` if you take such mails yourself.",
        canForce: false,
      },
    audience === 0 && { kind: 'nobody', text: `${who}.`, canForce: false },
    errors > 0 && {
      kind: 'errors',
      text: `It has ${errors === 1 ? 'an error' : `${errors} errors`}; \`letterpress check\` shows ${errors === 1 ? 'it' : 'them'}.`,
      canForce: true,
    },
    !test && {
      kind: 'untested',
      text: tellUntested(plan),
      canForce: true,
    },
  ]
  return [...all.filter((refusal) => refusal !== false), ...(await listRepeats(app, db, rendered, id))]
}

/** What readers would get a second time. */
async function listRepeats({ root }: App, db: Database, rendered: Rendered, id: string): Promise<Refusal[]> {
  const twin = await findTwin(db, rendered, id)
  if (twin) {
    return [{ kind: 'same-content', text: `The same content went out as "${twin.issueId}".`, canForce: true }]
  }
  const similar = await findSimilar(db, rendered, id, (file) => !existsSync(join(root, file)))
  if (!similar) return []
  const text = `It looks like "${similar.issueId}", whose file ${similar.file} is gone. If you renamed it, write \`id: ${similar.issueId}\` into its front matter; as a new issue everybody would get it again.`
  return [{ kind: 'similar-content', text, canForce: true }]
}
