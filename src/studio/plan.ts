import type { App } from '../app.ts'
import type { Inspection } from '../inspect.ts'
import { slugOf } from '../issue/index.ts'
import { makePlan, type Plan } from '../make-plan.ts'
import type { RunSummary, SendPlan } from '../preview/index.ts'
import type { StoreView } from './store-view.ts'
import { formatSegment } from '../subscriber/index.ts'

/** What `letterpress plan` tells, for the page. @param run - the send that was approved already. */
export async function planIssue(
  app: App,
  store: StoreView,
  inspection: Inspection,
  run: RunSummary | undefined,
): Promise<SendPlan> {
  const plan = await store.read(app, async (db) => await makePlan(app, db, inspection, undefined))
  return describe(plan ?? (await planWithout(app, inspection)), run)
}

// Where there is no list yet, looking makes none.
async function planWithout(app: App, inspection: Inspection): Promise<Plan> {
  const { openDatabase } = await import('../db/index.ts')
  const db = await openDatabase({ url: 'sqlite::memory:', root: app.root })
  try {
    return await makePlan(app, db, inspection, undefined)
  } finally {
    await db.close()
  }
}

function describe(plan: Plan, run: RunSummary | undefined): SendPlan {
  const { id, inspection, issue, rendered, segment, audience, byStatus, suppressed, missing, limitsUsed } = plan
  const slug = slugOf(inspection.file)
  const { unsubscribed, bounced, complained, pending } = byStatus
  return {
    issue: id,
    slug,
    title: issue?.title ?? slug,
    segment: formatSegment(segment),
    audience,
    leftOut: { suppressed, unsubscribed, bounced, complained, pending },
    missing,
    limitsUsed,
    isTestedInInboxOnly: plan.isTestedInInboxOnly,
    transport: plan.transport,
    place: plan.place,
    // What was approved is not asked about again.
    refusals: run ? [] : plan.refusals,
    command: `npx letterpress send ${slug}`,
    ...(rendered ? { hash: rendered.hash } : {}),
    ...(plan.sizeBytes === undefined ? {} : { sizeBytes: plan.sizeBytes }),
    ...(plan.seconds === undefined ? {} : { seconds: plan.seconds }),
    ...(plan.test ? { testedAt: plan.test.at.toISOString() } : {}),
    ...(run ? { run } : {}),
  }
}
