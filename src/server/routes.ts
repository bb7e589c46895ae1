import { randomBytes } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import {
  type PageContext,
  writeIssuesPage,
  writeNotFoundPage,
  writeProblemPage,
  writeTestPage,
  writeUnsubscribedPage,
  writeUnsubscribePage,
} from './pages.ts'
import type { PublicServices } from './services.ts'

const MAX_BODY_BYTES = 16 * 1024
/** A token has fewer characters; anything longer is not looked at. */
const MAX_TOKEN = 200
const IMAGE_NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}.-]{0,199}$/u

/** Mail carries inline styles and images of anywhere; it runs nothing. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"

const COMMON_HEADERS = {
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
} as const

/**
 * The public pages. GET and HEAD change nothing, no answer sets a cookie, none redirects a POST.
 *
 * @see RFC 8058 §3.1, §3.2
 */
export function createRoutes(services: PublicServices, onError: (error: unknown) => void): Hono {
  const app = new Hono({ strict: true })
  app.use(async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(COMMON_HEADERS)) context.header(name, value)
  })
  app.get('/healthz', async (context) => {
    await services.ping()
    return context.text('ok\n')
  })
  addUnsubscribe(app, services)
  addIssues(app, services)
  app.notFound((context) => sendPage(context, services, 404, writeNotFoundPage))
  app.onError((error, context) => {
    onError(error)
    return sendPage(context, services, 503, writeProblemPage)
  })
  return app
}

function addUnsubscribe(app: Hono, services: PublicServices): void {
  for (const path of ['/unsubscribe/:token', '/preferences/:token']) {
    app.get(path, (context) => {
      const token = readToken(services, context.req.param('token'))
      if (!token) return context.notFound()
      return sendPage(context, services, 200, token.purpose === 'test' ? writeTestPage : writeUnsubscribePage)
    })
    app.post(
      path,
      bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (context) => context.text('Too large.\n', 413) }),
      async (context) => {
        const token = readToken(services, context.req.param('token'))
        if (!token) return context.notFound()
        if (!(await isOneClick(context))) return sendPage(context, services, 400, writeUnsubscribePage)
        if (token.purpose === 'test') return sendPage(context, services, 200, writeTestPage)
        await services.unsubscribe(token.subscriberId)
        return sendPage(context, services, 200, writeUnsubscribedPage)
      },
    )
  }
}

function addIssues(app: Hono, services: PublicServices): void {
  app.get('/', async (context) => {
    const issues = await services.listSentIssues()
    return sendPage(context, services, 200, (page) => writeIssuesPage(page, issues))
  })
  app.get('/issues/:id/', async (context) => {
    const page = await services.readSentIssue(context.req.param('id'))
    if (!page) return context.notFound()
    return context.body(page.html, 200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': MAIL_POLICY,
    })
  })
  app.get('/issues/:id', (context) => context.redirect(`/issues/${encodeURIComponent(context.req.param('id'))}/`, 301))
  app.get('/issues/:id/:image', async (context) => {
    const { id, image: name } = context.req.param()
    const image = IMAGE_NAME.test(name) ? await services.readSentImage(id, name) : undefined
    if (!image?.contentType.startsWith('image/')) return context.notFound()
    return context.body(new Uint8Array(image.bytes), 200, {
      'Content-Type': image.contentType,
      // An SVG opened by itself is a document.
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      // The name carries a digest of the bytes.
      'Cache-Control': 'public, max-age=31536000, immutable',
    })
  })
}

function readToken(services: PublicServices, token = ''): ReturnType<PublicServices['readToken']> {
  return token.length <= MAX_TOKEN ? services.readToken(token) : undefined
}

// Mail providers post either encoding (RFC 8058 §3.2); the page's own form posts the same field.
async function isOneClick(context: Context): Promise<boolean> {
  const type = context.req.header('content-type') ?? ''
  if (!/^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) return false
  try {
    const { 'List-Unsubscribe': value } = await context.req.parseBody()
    return value === 'One-Click'
  } catch {
    return false
  }
}

function sendPage(
  context: Context,
  { name }: PublicServices,
  status: 200 | 400 | 404 | 503,
  write: (page: PageContext) => string,
): Response {
  const nonce = randomBytes(16).toString('base64')
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`
  return context.html(write({ name, nonce }), status, {
    'Content-Security-Policy': policy,
    'Cache-Control': 'no-store',
  })
}
