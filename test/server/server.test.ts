import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type PublicServer, type PublicServices, startServer } from '../../src/server/index.ts'
import { signToken, verifyToken } from '../../src/subscriber/index.ts'

const KEY = { id: 'k1', secret: 'a secret of this test' }
const REAL = signToken('unsubscribe', 'reader-1', KEY)
const TEST = signToken('test', 'reader-1', KEY)

let failures: unknown[]
let left: string[]
let isBroken: boolean
let server: PublicServer
let base: string

const services: PublicServices = {
  name: 'Letter & Co <script>',
  readToken: (token) => verifyToken(token, [KEY]),
  unsubscribe: async (id) => {
    if (isBroken) throw new Error('the disk is full: /secret/path')
    left.push(id)
    await Promise.resolve()
  },
  listSentIssues: async () => await Promise.resolve([{ id: 'one', subject: 'Issue <one>', date: '2026-08-21' }]),
  readSentIssue: async (id) =>
    await Promise.resolve(id === 'one' ? { html: '<!doctype html><p>Issue one</p>' } : undefined),
  readSentImage: async (id, name) =>
    await Promise.resolve(
      id === 'one' && name === 'a.png' ? { bytes: new Uint8Array([1, 2]), contentType: 'image/png' } : undefined,
    ),
  ping: async () => {
    if (isBroken) throw new Error('no store')
    await Promise.resolve()
  },
}

beforeEach(async () => {
  left = []
  failures = []
  isBroken = false
  server = await startServer(services, { port: 0, host: '127.0.0.1', onError: (error) => failures.push(error) })
  base = `http://127.0.0.1:${server.port}`
})
afterEach(async () => {
  await server.close()
})

const oneClick = (token: string, body: BodyInit = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })) =>
  fetch(`${base}/unsubscribe/${token}`, { method: 'POST', body, redirect: 'manual' })

describe('one-click unsubscribe', () => {
  test('takes the reader off with either encoding, without redirect or cookie', async () => {
    const form = new FormData()
    form.set('List-Unsubscribe', 'One-Click')
    for (const body of [new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }), form]) {
      const response = await oneClick(REAL, body)
      expect(response.status).toBe(200)
      expect(response.headers.get('location')).toBeNull()
      expect(response.headers.get('set-cookie')).toBeNull()
    }
    expect(left).toEqual(['reader-1', 'reader-1'])
  })

  test.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH'])('changes nothing on %s', async (method) => {
    for (let i = 0; i < 5; i++) await fetch(`${base}/unsubscribe/${REAL}`, { method })
    expect(left).toEqual([])
  })

  test('asks on a page whose form is the one-click request', async () => {
    const html = await (await fetch(`${base}/unsubscribe/${REAL}`)).text()
    expect(html).toContain('<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click">')
    expect(html).toContain('Letter &amp; Co &lt;script&gt;')
    expect(html).not.toContain('<script')
  })

  test.each([
    ['no body', undefined],
    ['another field', new URLSearchParams({ unsubscribe: 'yes' })],
    ['JSON', new Blob(['{"List-Unsubscribe":"One-Click"}'], { type: 'application/json' })],
  ])('refuses a POST with %s', async (_, body) => {
    const response = await fetch(`${base}/unsubscribe/${REAL}`, { method: 'POST', ...(body ? { body } : {}) })
    expect(response.status).toBe(400)
    expect(left).toEqual([])
  })

  test('refuses a body that is larger than any form', async () => {
    const response = await oneClick(
      REAL,
      new URLSearchParams({ 'List-Unsubscribe': 'One-Click', x: 'y'.repeat(20_000) }),
    )
    expect(response.status).toBe(413)
    expect(left).toEqual([])
  })

  test('says of a test that it changes nothing, and changes nothing', async () => {
    expect(await (await fetch(`${base}/unsubscribe/${TEST}`)).text()).toContain('from a test')
    expect((await oneClick(TEST)).status).toBe(200)
    expect(left).toEqual([])
  })

  test('answers every forged token alike', async () => {
    const forged = [
      REAL.slice(0, -1),
      `${REAL}x`,
      REAL.replace('u1', 't1'),
      REAL.replace('reader-1', 'reader-2'),
      TEST.replace('t1', 'u1'),
      'x',
      '..%2f..%2fetc',
      '%00',
      'y'.repeat(5000),
    ]
    const answers = await Promise.all(forged.map((token) => oneClick(token)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]))
    expect(left).toEqual([])
  })

  test('says that nothing was changed when the store fails, and not why', async () => {
    isBroken = true
    const response = await oneClick(REAL)
    expect(response.status).toBe(503)
    const html = await response.text()
    expect(html).toContain('Nothing was changed')
    expect(html).not.toContain('secret')
    expect(failures).toHaveLength(1)
  })
})

describe('the public pages', () => {
  test('list what was sent and show it in a sandbox', async () => {
    expect(await (await fetch(base)).text()).toContain('<a href="/issues/one/">Issue &lt;one&gt;</a>')
    const issue = await fetch(`${base}/issues/one/`)
    expect(await issue.text()).toContain('Issue one')
    expect(issue.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/)
    expect((await fetch(`${base}/issues/one/a.png`)).headers.get('content-type')).toBe('image/png')
  })

  test.each([
    '/issues/two/',
    '/issues/one/b.png',
    '/issues/one/..%2f..%2fpackage.json',
    '/nothing',
    '/issues/one/%00.png',
  ])('have nothing at %s', async (path) => {
    const response = await fetch(base + path)
    expect(response.status).toBe(404)
    expect(await response.text()).not.toContain('letterpress')
  })

  test('carry headers that keep tokens to themselves', async () => {
    const { headers } = await fetch(`${base}/unsubscribe/${REAL}`)
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  test('say whether the store answers', async () => {
    expect((await fetch(`${base}/healthz`)).status).toBe(200)
    isBroken = true
    expect((await fetch(`${base}/healthz`)).status).toBe(503)
  })

  test('survive a client that sends nonsense', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.write('POST /unsubscribe/x HTTP/9.9\r\n\r\n\0\0'))
      socket.resume()
      socket.on('error', () => resolve())
      socket.on('close', () => resolve())
    })
    expect((await fetch(`${base}/healthz`)).status).toBe(200)
  })

  test('say who has the port', async () => {
    await expect(
      startServer(services, { port: server.port, host: '127.0.0.1', onError: () => undefined }),
    ).rejects.toMatchObject({
      code: 'server/port-in-use',
    })
  })
})
