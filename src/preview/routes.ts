import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { copyBytes, sendProblem } from './answers.ts'
import type { StudioBody } from './api.ts'
import { errorBody } from './bodies.ts'
import { notFound, tooManyPages } from './errors.ts'
import type { Listener } from './event-stream.ts'
import { addInbox } from './inbox-routes.ts'
import { addIssues } from './issue-routes.ts'
import { buildPagePolicy, COMMON_HEADERS, DATA_POLICY } from './policy.ts'
import { addEditor, addRuns } from './run-routes.ts'
import type { RouteOptions } from './route-options.ts'
import { fillPage, loadUi } from './ui-files.ts'
import { readReaderId } from './wishes.ts'

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
  app.onError((error, context) => sendProblem(context, error))
  addPage(app, options)
  addStudio(app, options)
  addIssues(app, options)
  addInbox(app, options)
  addRuns(app, options)
  addEditor(app, options)
  addEvents(app, options)
  return app
}

function addPage(app: Hono, { token }: RouteOptions): void {
  app.get('/', async (context) => {
    const nonce = randomBytes(16).toString('base64')
    const { page } = await loadUi()
    context.header('Content-Security-Policy', buildPagePolicy(nonce))
    return context.html(fillPage(page, { nonce, token }))
  })
  app.get('/ui/:name', async (context) => {
    const file = (await loadUi()).files.get(context.req.param('name'))
    if (!file) return context.notFound()
    // The name changes with the content, and a browser keeps what it has compiled.
    const headers = { 'Content-Type': file.contentType, 'Cache-Control': 'private, max-age=31536000, immutable' }
    return context.body(copyBytes(file.bytes), 200, headers)
  })
}

function addStudio(app: Hono, { services }: RouteOptions): void {
  app.get('/api/studio', async (context) => context.json<StudioBody>(await services.describe()))
}

function addEvents(app: Hono, { streams, live }: RouteOptions): void {
  app.get('/events', (context) => {
    // A HEAD request would hold a stream that nobody reads.
    if (context.req.method === 'HEAD') return context.body(null, 200, { 'Content-Type': 'text/event-stream' })
    const slug = context.req.query('issue')
    const isLive = context.req.query('live') !== undefined
    const reader = readReaderId(context)
    const view = { ...(slug === undefined ? {} : { slug }), ...(reader === undefined ? {} : { reader }) }
    const listener: Listener = isLive ? { view } : {}
    const stream = streams.open(listener)
    if (!stream) return context.json(errorBody(tooManyPages.code, tooManyPages.message()), 503)
    live.greet(listener)
    return context.body(stream, 200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' })
  })
}
