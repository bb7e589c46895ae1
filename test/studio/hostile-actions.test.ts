import { existsSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeNewsletter } from '../helpers/newsletter.ts'
import { openStudio, type OpenStudio, sendRaw } from './open-studio.ts'

const ISSUE =
  '---\ntitle: Papers\nweek: 2026-W34\npreheader: More\n---\nHello.\n\n## One\n\n### [Entry](https://example.com/a)\n\nText.\n'
const MESSAGE = 'From: a@example.com\r\nTo: b@example.com\r\nSubject: kept\r\n\r\nText\r\n'

/** A request that would be answered, but for what a case changes. `undefined` leaves a header out. */
interface Request {
  readonly method?: string
  readonly target?: string
  readonly version?: string
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body?: string
}

const good = (request: Request, { preview }: OpenStudio): string => {
  const { method = 'POST', target = '/api/issues', version = '1.1', body = '{"slug":"planted"}' } = request
  const headers = {
    Host: '127.0.0.1:PORT',
    Origin: 'http://127.0.0.1:PORT',
    'Content-Type': 'application/json',
    'X-Letterpress-Token': 'TOKEN',
    'Content-Length': String(Buffer.byteLength(body)),
    ...request.headers,
  }
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : (value ?? [])).map((one) => `${name}: ${one}`),
  )
  return `${method} ${target} HTTP/${version}\r\n${lines.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`
    .replaceAll('PORT', String(preview.port))
    .replaceAll('TOKEN', preview.token)
}

/** Everything that an action could have changed. */
const look = (root: string): string =>
  readdirSync(root, { recursive: true })
    .map(String)
    .filter((name) => !name.startsWith('node_modules'))
    .toSorted()
    .map((name) => {
      const stat = statSync(join(root, name), { throwIfNoEntry: false })
      return `${name} ${stat?.isFile() ? stat.size : ''}`
    })
    .join('\n')

const HOSTILE: Readonly<Record<string, Request>> = {
  // Another site, by name or by page
  'a name rebound to this machine': { headers: { Host: 'evil.example:PORT' } },
  'a name rebound, with an origin that fits': {
    headers: { Host: 'evil.example:PORT', Origin: 'http://evil.example:PORT' },
  },
  'a host with a final dot': { headers: { Host: 'localhost.:PORT' } },
  'a host without port': { headers: { Host: '127.0.0.1' } },
  'another port': { headers: { Host: '127.0.0.1:1' } },
  'no host': { headers: { Host: undefined } },
  'two hosts': { headers: { Host: ['127.0.0.1:PORT', 'evil.example'] } },
  'HTTP/1.0 without host': { version: '1.0', headers: { Host: undefined } },
  'a forwarded host': { headers: { Host: 'evil.example', 'X-Forwarded-Host': '127.0.0.1:PORT' } },
  'an opaque origin': { headers: { Origin: 'null' } },
  'an empty origin': { headers: { Origin: '' } },
  'a foreign origin': { headers: { Origin: 'https://evil.example' } },
  'a foreign origin with our address in it': { headers: { Origin: 'http://127.0.0.1:PORT.evil.example' } },
  'the origin of another port': { headers: { Origin: 'http://127.0.0.1:3000' } },
  'our origin over https': { headers: { Origin: 'https://127.0.0.1:PORT' } },
  'an extension': { headers: { Origin: 'chrome-extension://abcdefghijklmnop' } },
  'a foreign site by its metadata': { headers: { Origin: undefined, 'Sec-Fetch-Site': 'cross-site' } },
  'another server of this machine': { headers: { Origin: undefined, 'Sec-Fetch-Site': 'same-site' } },
  'a form that navigates here': {
    headers: {
      Origin: undefined,
      'Sec-Fetch-Site': 'cross-site',
      'Sec-Fetch-Mode': 'navigate',
      'Sec-Fetch-Dest': 'document',
    },
  },
  // The token
  'no token': { headers: { 'X-Letterpress-Token': undefined } },
  'an empty token': { headers: { 'X-Letterpress-Token': '' } },
  'a wrong token': { headers: { 'X-Letterpress-Token': 'a'.repeat(43) } },
  'the beginning of the token': { headers: { 'X-Letterpress-Token': 'T' } },
  'the token and something': { headers: { 'X-Letterpress-Token': 'TOKENx' } },
  'the token twice': { headers: { 'X-Letterpress-Token': ['TOKEN', 'TOKEN'] } },
  'a wrong token and the right one': { headers: { 'X-Letterpress-Token': ['wrong', 'TOKEN'] } },
  'the token in the query': { target: '/api/issues?token=TOKEN', headers: { 'X-Letterpress-Token': undefined } },
  'the token in the body': {
    body: '{"slug":"planted","token":"TOKEN"}',
    headers: { 'X-Letterpress-Token': undefined },
  },
  'the token in a cookie': { headers: { 'X-Letterpress-Token': undefined, Cookie: 'letterpress-token=TOKEN' } },
  'the token as a password': { headers: { 'X-Letterpress-Token': undefined, Authorization: 'Bearer TOKEN' } },
  'the token under another name': { headers: { 'X-Letterpress-Token': undefined, X_Letterpress_Token: 'TOKEN' } },
  // The type and size of the body
  'a form': { body: 'slug=planted', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
  'a form with files': { headers: { 'Content-Type': 'multipart/form-data; boundary=x' } },
  'plain text': { headers: { 'Content-Type': 'text/plain' } },
  'plain text that names JSON': { headers: { 'Content-Type': 'text/plain; application/json' } },
  'no type': { headers: { 'Content-Type': undefined } },
  'another JSON': { headers: { 'Content-Type': 'application/json-patch+json' } },
  'JSON in another charset': { headers: { 'Content-Type': 'application/json; charset=utf-7' } },
  'JSON and a form': { headers: { 'Content-Type': 'application/json, text/plain' } },
  'no length': { headers: { 'Content-Length': undefined } },
  'a length in chunks': {
    body: '12\r\n{"slug":"planted"}\r\n0\r\n\r\n',
    headers: { 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' },
  },
  'two lengths of the body': {
    body: '12\r\n{"slug":"planted"}\r\n0\r\n\r\n',
    headers: { 'Content-Length': '34', 'Transfer-Encoding': 'chunked' },
  },
  'a length that is none': { headers: { 'Content-Length': '-1' } },
  'a packed body': { headers: { 'Content-Encoding': 'gzip' } },
  'a huge body': { headers: { 'Content-Length': '1000000000' }, body: '{"slug":"planted"}' },
  'a body that is too large': { body: `{"slug":"planted","title":"${'a'.repeat(70_000)}"}` },
  'a body that is no JSON': { body: '{"slug":"planted"' },
  'a list': { body: '[{"slug":"planted"}]' },
  'a name that is a list': { body: '{"slug":["planted"]}' },
  'a key that is unknown': { body: '{"slug":"planted","root":"/tmp"}' },
  'a prototype': { body: '{"slug":"planted","__proto__":{"file":"/tmp/x"},"constructor":1}' },
  'deep nesting': { body: '['.repeat(30_000) },
  // The method
  'GET with a body': { method: 'GET', body: '{"slug":"planted"}' },
  PUT: { method: 'PUT' },
  PATCH: { method: 'PATCH' },
  QUERY: { method: 'QUERY' },
  'a method override by header': { method: 'GET', headers: { 'X-HTTP-Method-Override': 'POST' } },
  'a method override by query': { method: 'GET', target: '/api/issues?_method=POST' },
  'a preflight': {
    method: 'OPTIONS',
    headers: { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'x-letterpress-token' },
  },
  'POST to the page': { target: '/' },
  'DELETE of an issue': { method: 'DELETE', target: '/api/issues/good' },
  'a websocket': {
    method: 'GET',
    target: '/events',
    headers: {
      Host: 'evil.example:PORT',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    },
  },
  // Names that lead out
  'an issue above the folder': { body: '{"slug":"../planted"}' },
  'an issue at an absolute path': { body: '{"slug":"/tmp/planted"}' },
  'an issue above it, with backslashes': { body: '{"slug":"..\\\\planted"}' },
  'an issue above it, encoded': { body: '{"slug":"%2e%2e%2fplanted"}' },
  'an issue with NUL': { body: '{"slug":"planted\\u0000.md"}' },
  'an issue with a line end': { body: '{"slug":"planted\\nx: y"}' },
  'an issue with a dot in front': { body: '{"slug":".planted"}' },
  'an issue that is there': { body: '{"slug":"good"}' },
  'an issue that is there, in capitals': { body: '{"slug":"GOOD"}' },
  'an issue whose name is a link': { body: '{"slug":"link"}' },
  'a message above the inbox': { method: 'DELETE', target: '/api/inbox/..%2f..%2fissues%2fgood', body: '' },
  'a message above the inbox, twice encoded': { method: 'DELETE', target: '/api/inbox/%252e%252e%252fgood', body: '' },
  'a message above the inbox, with backslashes': { method: 'DELETE', target: '/api/inbox/..%5c..%5cgood', body: '' },
  'a message without the token': {
    method: 'DELETE',
    target: '/api/inbox/kept',
    body: '',
    headers: { 'X-Letterpress-Token': undefined },
  },
  'all messages without the token': {
    method: 'DELETE',
    target: '/api/inbox',
    body: '',
    headers: { 'X-Letterpress-Token': undefined },
  },
  'the whole inbox by GET': { method: 'GET', target: '/api/inbox?_method=DELETE', body: '' },
  'a file above the newsletter': { target: '/api/editor', body: '{"file":"../../etc/passwd"}' },
  'a file at an absolute path': { target: '/api/editor', body: '{"file":"/etc/passwd"}' },
  'a file by its drive': { target: '/api/editor', body: '{"file":"C:\\\\Windows\\\\win.ini"}' },
  'a file with NUL': { target: '/api/editor', body: '{"file":"issues/good.md\\u0000"}' },
  'the secrets': { target: '/api/editor', body: '{"file":".env"}' },
  'a link to a file elsewhere': { target: '/api/editor', body: '{"file":"issues/link.md"}' },
  'a file through a link to a folder': { target: '/api/editor', body: '{"file":"etc/passwd"}' },
  'a flag for the editor': { target: '/api/editor', body: '{"file":"--version"}' },
  'a place that is no number': { target: '/api/editor', body: '{"file":"issues/good.md","line":"1;touch x"}' },
  'a test to two addresses in one': {
    target: '/api/issues/good/test',
    body: '{"to":["a@example.com, b@example.com"]}',
  },
  'a test with a header in the address': {
    target: '/api/issues/good/test',
    body: '{"to":["a@example.com\\r\\nBcc: b@example.com"]}',
  },
  'a test to nobody': { target: '/api/issues/good/test', body: '{"to":[]}' },
  'a test to a thousand': {
    target: '/api/issues/good/test',
    body: JSON.stringify({ to: Array.from({ length: 1000 }, (_, index) => `r${index}@example.com`) }),
  },
  'a test as nobody': { target: '/api/issues/good/test', body: '{"to":["a@example.com"],"reader":"../x"}' },
  'a lever of a send that is none': { target: '/api/runs/good/cancel', body: '{"confirm":"good"}' },
  'a lever that is none': { target: '/api/runs/good/start', body: '{"confirm":"good"}' },
}

describe('hostile actions', () => {
  const cases = Object.entries(HOSTILE)

  test('there are enough of them', () => {
    expect(cases.length).toBeGreaterThanOrEqual(50)
  })

  test('none gets through, and what is not hostile does', async () => {
    const root = makeNewsletter({ 'issues/good.md': ISSUE, 'data/inbox/kept.eml': MESSAGE, '.env': 'SECRET=1\n' })
    symlinkSync('/etc/passwd', join(root, 'issues/link.md'))
    symlinkSync('/etc', join(root, 'etc'))
    const open = await openStudio(root, { environment: { LETTERPRESS_EDITOR: `touch ${join(root, 'edited')}` } })
    const before = look(root)
    for (const [name, request] of cases) {
      const answer = await sendRaw(open.preview.port, good(request, open))
      const method = request.method ?? 'POST'
      // A GET with whatever it brings shows what any GET shows.
      if (method !== 'GET' || request.target === '/events') expect(answer, name).toMatch(/^(?:HTTP\/1\.1 4\d\d |$)/)
      expect(answer, name).not.toMatch(/access-control|root:x:0/i)
      expect(look(root), name).toBe(before)
    }
    expect(existsSync(join(root, 'data/letterpress.db'))).toBe(false)
    expect(await sendRaw(open.preview.port, good({}, open))).toMatch(/^HTTP\/1\.1 201 /)
    expect(existsSync(join(root, 'issues/planted.md'))).toBe(true)
    const editor = { target: '/api/editor', body: '{"file":"issues/good.md","line":3}' }
    expect(await sendRaw(open.preview.port, good(editor, open))).toMatch(/^HTTP\/1\.1 204 /)
    await expect.poll(() => existsSync(join(root, 'edited'))).toBe(true)
    const inbox = { method: 'DELETE', target: '/api/inbox/kept', body: '' }
    expect(await sendRaw(open.preview.port, good(inbox, open))).toMatch(/^HTTP\/1\.1 200 /)
    expect(existsSync(join(root, 'data/inbox/kept.eml'))).toBe(false)
  }, 240_000)
})
