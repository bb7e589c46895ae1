import type { App } from './app.ts'
import type { Database } from './db/index.ts'
import { listRuns, readContent, type Run } from './delivery/index.ts'
import { fillForReading, fillSlots, type SlotValues } from './render/index.ts'
import type { PublicServices } from './server/index.ts'
import { createSubscriberStore } from './subscriber/index.ts'

/** What the public pages show and change, from the store that `send` writes. */
export function createPublicServices(app: App, db: Database): PublicServices {
  const store = createSubscriberStore(db, app.clock)
  const findPublic = async (id: string) => (await listPublicRuns(app, db)).find((run) => run.issueId === id)
  return {
    name: app.config.name,
    readToken: (token) => app.readToken(token),
    unsubscribe: async (subscriberId) => {
      await store.unsubscribe(subscriberId, { source: 'link' })
    },
    listSentIssues: async () =>
      await Promise.all(
        (await listPublicRuns(app, db)).map(async (run) => {
          const { rendered } = await readContent(db, run.key)
          const subject = fillSlots(rendered.subject, {}, 'header')
          return { id: run.issueId, subject, date: run.approvedAt.toISOString() }
        }),
      ),
    readSentIssue: async (id) => {
      const run = await findPublic(id)
      if (!run) return undefined
      const { rendered } = await readContent(db, run.key)
      return fillForReading(rendered, nobody(rendered.archiveUrl), (image) => encodeURIComponent(image.filename))
    },
    readSentImage: async (id, name) => {
      const run = await findPublic(id)
      if (!run) return undefined
      const { rendered, readImage } = await readContent(db, run.key)
      const image = rendered.images.find(({ filename }) => filename === name)
      return image && { bytes: readImage(image.path), contentType: image.contentType }
    },
    ping: async () => {
      await db.get('SELECT 1', [])
    },
  }
}

// An issue for a segment was not for everybody, a rehearsal into the inbox was for nobody, and one whose time has not
// come, or that was cancelled before anybody got it, is nobody's yet.
async function listPublicRuns({ config }: App, db: Database): Promise<Run[]> {
  const runs = await listRuns(db)
  return runs.filter(
    (run) =>
      run.segment === '' &&
      (run.transport !== 'inbox' || config.smtp.url === undefined) &&
      run.startsAt === undefined &&
      (run.state !== 'cancelled' || run.counts.accepted + run.counts.unknown > 0),
  )
}

/** On a page that everybody can read no link is anybody's own. */
function nobody(archiveUrl: string | undefined): SlotValues {
  return { unsubscribeUrl: '/', preferencesUrl: '/', webUrl: archiveUrl }
}
