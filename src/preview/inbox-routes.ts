import type { Hono } from 'hono'
import { decodeRaw, sendMail, sendMessage } from './answers.ts'
import type { DeletedBody, InboxBody, MessageBody } from './api.ts'
import { errorBody } from './bodies.ts'
import { noMessage } from './errors.ts'
import type { RouteOptions } from './route-options.ts'
import { readQuery } from './wishes.ts'

/** Addresses of the inbox. */
export function addInbox(app: Hono, { services }: RouteOptions): void {
  app.get('/api/inbox', async (context) => context.json<InboxBody>(await services.listInbox(readQuery(context))))
  app.delete('/api/inbox', async (context) => context.json<DeletedBody>({ deleted: await services.deleteMessages() }))
  app.get('/api/inbox/:id', async (context) => {
    const message = await services.readMessage(context.req.param('id'))
    if (!message) return context.json(errorBody(noMessage.code, noMessage.message()), 404)
    const { html, raw, ...rest } = message
    const base = `/inbox/${encodeURIComponent(message.id)}`
    const mail = html === undefined ? {} : { url: `${base}/mail` }
    return context.json<MessageBody>({ ...rest, ...mail, rawUrl: `${base}/message.eml`, raw: decodeRaw(raw) })
  })
  app.delete('/api/inbox/:id', async (context) => {
    const deleted = await services.deleteMessages(context.req.param('id'))
    if (deleted === 0) return context.json(errorBody(noMessage.code, noMessage.message()), 404)
    return context.json<DeletedBody>({ deleted })
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
