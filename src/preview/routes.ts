import { randomBytes } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { AppError, messageOf } from '../base/index.ts'
import type { ErrorBody, InboxBody, IssueBody, IssuesBody, MailBody, MessageBody, StudioBody } from './api.ts'
import { noIssue, noMessage, notFound, tooManyPages, unexpected } from './errors.ts'
import type { EventStreams } from './event-stream.ts'
import type { LastGood, Shown } from './last-good.ts'
import { createPage } from './page.ts'
import { buildPagePolicy, COMMON_HEADERS, DATA_POLICY, MAIL_POLICY } from './policy.ts'
import type { IssuePreview, StudioServices } from './services.ts'

/** Shown as text; the whole message is one click away as a file. */
const MAX_RAW_BYTES = 2 * 1024 * 1024

/** What the routes are made of. */
export interface RouteOptions {
  readonly services: StudioServices
  readonly streams: EventStreams
  readonly lastGood: LastGood
}

/** Every address of the studio. Requests have passed `refuse` before they come here. */
export function createRoutes(options: RouteOptions): Hono {
  const app = new Hono()
  app.use(async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(COMMON_HEADERS)) context.header(name, value)
    if (!context.res.headers.has('Content-Security-Policy')) context.header('Content-Security-Policy', DATA_POLICY)
  })
  app.notFound((context) => context.json(errorBody(notFound.code, notFound.message()), 404))
  app.onError((error, context) => {
    const { code, message, hint } = error instanceof AppError ? error : describeUnexpected(error)
    return context.json(errorBody(code, message, hint), 500)
  })
  addPage(app)
  addIssues(app, options)
  addInbox(app, options)
  addEvents(app, options)
  return app
}

/** Words for whoever reads an answer that is not 200. */
export function errorBody(code: string, message: string, hint?: string): ErrorBody {
  return { error: { code, message, ...(hint === undefined ? {} : { hint }) } }
}

function describeUnexpected(error: unknown): { code: string; message: string; hint: string } {
  return { code: unexpected.code, message: unexpected.message(messageOf(error)), hint: unexpected.hint() }
}

function addPage(app: Hono): void {
  const renderPage = createPage()
  app.get('/', async (context) => {
    const nonce = randomBytes(16).toString('base64')
    context.header('Content-Security-Policy', buildPagePolicy(nonce))
    return context.html(await renderPage(nonce))
  })
}

function addIssues(app: Hono, { services, lastGood }: RouteOptions): void {
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
    const slug = context.req.param('slug')
    const kept = lastGood.find(slug, context.req.query('build') ?? '')
    if (kept) return sendMail(context, kept.html)
    const inspection = await services.inspect(slug)
    const preview = inspection && lastGood.update(inspection).preview
    return preview ? sendMail(context, preview.html) : context.notFound()
  })
  app.get('/issues/:slug/message.eml', async (context) => {
    const slug = context.req.param('slug')
    const inspection = await services.inspect(slug)
    const preview = inspection && lastGood.update(inspection).preview
    return preview ? sendMessage(context, slug, preview.raw) : context.notFound()
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

function addEvents(app: Hono, { streams }: RouteOptions): void {
  app.get('/events', (context) => {
    // A HEAD request would hold a stream that nobody reads.
    if (context.req.method === 'HEAD') return context.body(null, 200, { 'Content-Type': 'text/event-stream' })
    const stream = streams.open()
    if (!stream) return context.json(errorBody(tooManyPages.code, tooManyPages.message()), 503)
    return context.body(stream, 200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' })
  })
}

function toIssueBody({ inspection, preview, isStale }: Shown): IssueBody {
  const { preview: _, ...rest } = inspection
  return preview ? { ...rest, mail: toMailBody(inspection.slug, preview, isStale) } : rest
}

function toMailBody(slug: string, preview: IssuePreview, isStale: boolean): MailBody {
  const { hash, html: _, raw, ...rest } = preview
  const name = encodeURIComponent(slug)
  return {
    ...rest,
    isStale,
    url: `/mail/${name}?build=${encodeURIComponent(hash)}`,
    rawUrl: `/issues/${name}/message.eml`,
    raw: decodeRaw(raw),
  }
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
