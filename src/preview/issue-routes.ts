import type { Context, Hono } from 'hono'
import { copyBytes, decodeRaw, sendMail, sendMessage, sendNoIssue } from './answers.ts'
import type {
  BlocksBody,
  CreatedIssue,
  IssueBody,
  IssuesBody,
  MessageSourceBody,
  PlanBody,
  ReadersBody,
  TestBody,
  TreeBody,
} from './api.ts'
import { errorBody, rawUrl, toIssueBody } from './bodies.ts'
import { notRendered } from './errors.ts'
import type { RouteOptions } from './route-options.ts'
import type { IssuePreview, StudioServices } from './services.ts'
import { NewIssueWish, readQuery, readReaderId, readReaderIds, readWish, TestWish } from './wishes.ts'

/** Addresses of issues, and of what they are shown with. */
export function addIssues(app: Hono, options: RouteOptions): void {
  const { services, lastGood } = options
  app.get('/api/issues', async (context) =>
    context.json<IssuesBody>({ issues: lastGood.updateList(await services.listIssues()) }),
  )
  app.post('/api/issues', async (context) => {
    const { slug, title, week } = await readWish(context, NewIssueWish)
    const wish = {
      ...(slug === undefined ? {} : { slug }),
      ...(title === undefined ? {} : { title }),
      ...(week === undefined ? {} : { week }),
    }
    return context.json<CreatedIssue>(await services.createIssue(wish), 201)
  })
  app.get('/api/issues/:slug', async (context) => {
    const slug = context.req.param('slug')
    const reader = readReaderId(context)
    const inspection = await services.inspect(slug, reader)
    if (!inspection) {
      lastGood.forget(slug)
      return sendNoIssue(context, slug)
    }
    return context.json<IssueBody>(toIssueBody(lastGood.update(inspection, reader)))
  })
  // The address names the build, so that frame and words beside it are always of the same one.
  app.get('/mail/:slug', async (context) => {
    const build = { build: context.req.query('build'), reader: readReaderId(context) }
    const preview = await findPreview(context.req.param('slug'), build, options)
    return preview ? sendMail(context, preview.html) : context.notFound()
  })
  app.get('/issues/:slug/message.eml', async (context) => {
    const slug = context.req.param('slug')
    const build = { build: context.req.query('build'), reader: readReaderId(context) }
    const preview = await findPreview(slug, build, options)
    return preview ? sendMessage(context, slug, await preview.readRaw()) : context.notFound()
  })
  app.get('/issues/:slug/images/:name', async (context) => {
    const image = await services.readImage(context.req.param('slug'), context.req.param('name'))
    if (!image || !/^image\/[a-z0-9.+-]+$/.test(image.contentType)) return context.notFound()
    return context.body(copyBytes(image.bytes), 200, { 'Content-Type': image.contentType })
  })
  app.get('/api/readers', async (context) =>
    context.json<ReadersBody>(await services.listReaders(readQuery(context), readReaderIds(context))),
  )
  addIssueParts(app, options)
  addBlocks(app, options)
}

function addIssueParts(app: Hono, { services }: RouteOptions): void {
  app.get('/api/issues/:slug/message', async (context) => {
    const slug = context.req.param('slug')
    const id = readReaderId(context)
    const message = await services.readIssueMessage(slug, id)
    if (!message) return await sendWithout(context, slug, services)
    const { raw, ...rest } = message
    const body = { ...rest, rawUrl: rawUrl(slug, undefined, id), raw: decodeRaw(raw), sizeBytes: raw.length }
    return context.json<MessageSourceBody>(body)
  })
  app.get('/api/issues/:slug/tree', async (context) => {
    const slug = context.req.param('slug')
    const tree = await services.readTree(slug)
    return tree ? context.json<TreeBody>(tree) : await sendWithout(context, slug, services)
  })
  app.get('/api/issues/:slug/plan', async (context) => {
    const slug = context.req.param('slug')
    const plan = await services.plan(slug)
    return plan ? context.json<PlanBody>(plan) : sendNoIssue(context, slug)
  })
  app.post('/api/issues/:slug/test', async (context) => {
    const { to, reader, into } = await readWish(context, TestWish)
    const wish = { to, ...(reader === undefined ? {} : { reader }), ...(into ? { into } : {}) }
    return context.json<TestBody>(await services.sendTest(context.req.param('slug'), wish))
  })
}

/** Says why there is nothing to show: no such issue, or one that is broken. */
async function sendWithout(context: Context, slug: string, services: StudioServices): Promise<Response> {
  if (!(await services.inspect(slug))) return sendNoIssue(context, slug)
  return context.json(errorBody(notRendered.code, notRendered.message(slug), notRendered.hint()), 409)
}

function addBlocks(app: Hono, { services }: RouteOptions): void {
  app.get('/api/blocks', async (context) => {
    const blocks = (await services.listBlocks()).map(({ html, ...block }) => ({
      ...block,
      ...(html === undefined ? {} : { url: `/blocks/${encodeURIComponent(block.name)}/mail` }),
    }))
    return context.json<BlocksBody>({ blocks })
  })
  app.get('/blocks/:name/mail', async (context) => {
    const name = context.req.param('name')
    const html = (await services.listBlocks()).find((block) => block.name === name)?.html
    return html === undefined ? context.notFound() : sendMail(context, html)
  })
}

interface Wanted {
  /** The one that is shown; the newest when it is not kept. */
  readonly build: string | undefined
  readonly reader: string | undefined
}

async function findPreview(
  slug: string,
  { build, reader }: Wanted,
  { services, lastGood }: RouteOptions,
): Promise<IssuePreview | undefined> {
  const kept = lastGood.find(slug, build ?? '')
  if (kept) return kept
  const inspection = await services.inspect(slug, reader)
  return inspection && lastGood.update(inspection, reader).preview
}
