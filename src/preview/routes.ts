import { randomBytes } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { InboxBody, IssueBody, IssuesBody, MessageBody, StudioBody } from './api.ts'
import { errorBody, toErrorBody, toIssueBody } from './bodies.ts'
import { noIssue, noMessage, notFound, tooManyPages } from './errors.ts'
import type { EventStreams, Listener } from './event-stream.ts'
import type { LastGood } from './last-good.ts'
import type { Live } from './live.ts'
import { isSafeName } from './names.ts'
import { buildPagePolicy, COMMON_HEADERS, DATA_POLICY, MAIL_POLICY } from './policy.ts'
import type { IssuePreview, StudioServices } from './services.ts'
import { fillPage, loadUi } from './ui-files.ts'

/** Shown as text; the whole message is one click away as a file. */
const MAX_RAW_BYTES = 2 * 1024 * 1024

/** What the routes are made of. */
export interface RouteOptions {
  readonly services: StudioServices
  readonly streams: EventStreams
  readonly lastGood: LastGood
  readonly live: Live
}

/** Every address of the studio. Requests have passed `refuse` before they come here. */
export function createRoutes(options: RouteOptions): Hono {
  const app = new Hono()
  app.use(async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(COMMON_HEADERS))
      if (!context.res.headers.has(name)) context.header(name, value)
    if (!context.res.headers.has('Content-Security-Policy')) context.header('Content-Security-Policy', DATA_POLICY)
  })
  app.notFound((context) => context.json(errorBody(notFound.code, notFound.message()), 404))
  app.onError((error, context) => context.json(toErrorBody(error), 500))
  addPage(app)
  addIssues(app, options)
  addInbox(app, options)
  addEvents(app, options)
  return app
}

function addPage(app: Hono): void {
  app.get('/', async (context) => {
    const nonce = randomBytes(16).toString('base64')
    const { page } = await loadUi()
    context.header('Content-Security-Policy', buildPagePolicy(nonce))
    return context.html(fillPage(page, nonce))
  })
  app.get('/ui/:name', async (context) => {
    const file = (await loadUi()).files.get(context.req.param('name'))
    if (!file) return context.notFound()
    // The name changes with the content, and a browser keeps what it has compiled.
    const headers = { 'Content-Type': file.contentType, 'Cache-Control': 'private, max-age=31536000, immutable' }
    return context.body(copyBytes(file.bytes), 200, headers)
  })
}

function addIssues(app: Hono, options: RouteOptions): void {
  const { services, lastGood } = options
  app.get('/api/studio', async (context) => context.json<StudioBody>(await services.describe()))
  app.get('/api/issues', async (context) =>
    context.json<IssuesBody>({ issues: lastGood.updateList(await services.listIssues()) }),
  )
  app.get('/api/issues/:slug', async (context) => {
    const slug = context.req.param('slug')
    const inspection = await services.inspect(slug)
    if (!inspection) {
      lastGood.forget(slug)
      return context.json(errorBody(noIssue.code, noIssue.message(slug)), 404)
    }
    return context.json<IssueBody>(toIssueBody(lastGood.update(inspection)))
  })
  // The address names the build, so that frame and words beside it are always of the same one.
  app.get('/mail/:slug', async (context) => {
    const preview = await findPreview(context.req.param('slug'), context.req.query('build'), options)
    return preview ? sendMail(context, preview.html) : context.notFound()
  })
  app.get('/issues/:slug/message.eml', async (context) => {
    const slug = context.req.param('slug')
    const preview = await findPreview(slug, context.req.query('build'), options)
    return preview ? sendMessage(context, slug, await preview.readRaw()) : context.notFound()
  })
  app.get('/issues/:slug/images/:name', async (context) => {
    const image = await services.readImage(context.req.param('slug'), context.req.param('name'))
    if (!image || !/^image\/[a-z0-9.+-]+$/.test(image.contentType)) return context.notFound()
    return context.body(copyBytes(image.bytes), 200, { 'Content-Type': image.contentType })
  })
}

function addInbox(app: Hono, { services }: RouteOptions): void {
  app.get('/api/inbox', async (context) => context.json<InboxBody>({ messages: await services.listInbox() }))
  app.get('/api/inbox/:id', async (context) => {
    const message = await services.readMessage(context.req.param('id'))
    if (!message) return context.json(errorBody(noMessage.code, noMessage.message()), 404)
    const { html, raw, ...rest } = message
    const base = `/inbox/${encodeURIComponent(message.id)}`
    const mail = html === undefined ? {} : { url: `${base}/mail` }
    return context.json<MessageBody>({ ...rest, ...mail, rawUrl: `${base}/message.eml`, raw: decodeRaw(raw) })
  })
  app.get('/inbox/:id/mail', async (context) => {
    const message = await services.readMessage(context.req.param('id'))
    return message?.html === undefined ? context.notFound() : sendMail(context, message.html)
  })
  app.get('/inbox/:id/message.eml', async (context) => {
    const message = await services.readMessage(context.req.param('id'))
    return message ? sendMessage(context, message.id, message.raw) : context.notFound()
  })
}

function addEvents(app: Hono, { streams, live }: RouteOptions): void {
  app.get('/events', (context) => {
    // A HEAD request would hold a stream that nobody reads.
    if (context.req.method === 'HEAD') return context.body(null, 200, { 'Content-Type': 'text/event-stream' })
    const slug = context.req.query('issue')
    if (slug !== undefined && !isSafeName(slug)) return context.notFound()
    const isLive = context.req.query('live') !== undefined
    const listener: Listener = isLive ? { view: slug === undefined ? {} : { slug } } : {}
    const stream = streams.open(listener)
    if (!stream) return context.json(errorBody(tooManyPages.code, tooManyPages.message()), 503)
    live.greet(listener)
    return context.body(stream, 200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' })
  })
}

/** @param build - the one that is shown; the newest when it is not kept. */
async function findPreview(
  slug: string,
  build: string | undefined,
  { services, lastGood }: RouteOptions,
): Promise<IssuePreview | undefined> {
  const kept = lastGood.find(slug, build ?? '')
  if (kept) return kept
  const inspection = await services.inspect(slug)
  return inspection && lastGood.update(inspection).preview
}

function sendMail(context: Context, html: string): Response {
  context.header('Content-Security-Policy', MAIL_POLICY)
  return context.html(html)
}

function sendMessage(context: Context, name: string, raw: Uint8Array): Response {
  return context.body(copyBytes(raw), 200, {
    'Content-Type': 'message/rfc822',
    'Content-Disposition': `attachment; filename="message.eml"; filename*=UTF-8''${encodeURIComponent(name)}.eml`,
  })
}

// A Buffer may be a window on memory shared with others, which the type of a body does not admit.
function copyBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}

function decodeRaw(raw: Uint8Array): string {
  const text = new TextDecoder().decode(raw.subarray(0, MAX_RAW_BYTES))
  return raw.length > MAX_RAW_BYTES ? `${text}\n[cut here; the file has all ${raw.length} bytes]` : text
}
