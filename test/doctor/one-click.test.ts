import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { fixClock } from '../../src/base/index.ts'
import { makeFolder } from '../helpers/folder.ts'
import { makeNewsletter, makeServices } from './make.ts'
import { listFaults, runProbe } from './probe-make.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

async function startSite(answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      answer(request, response)
      response.end('ok')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function ask(url: string | undefined, probe = 'one-click', now = new Date()) {
  const root = makeFolder()
  return await runProbe(probe, root, {
    newsletter: { ...makeNewsletter(), url },
    services: makeServices(root, { testLink: () => `${url ?? ''}/unsubscribe/t1.k1.doctor.AAAAAAAAAAAAAAAAAAAAAA` }),
    clock: fixClock(now),
    isOnline: true,
  })
}

const onPost =
  (act: Answer): Answer =>
  (request, response) => {
    if (request.method === 'POST') act(request, response)
  }
const fail: Answer = (_, response) => void (response.statusCode = 403)

test.for([
  ['that answers as it should', () => undefined, []],
  ['that knows no such link', (_, response) => void (response.statusCode = 404), ['problem one-click/unknown-token']],
  ['that refuses to POST', onPost(fail), ['problem one-click/status', 'problem one-click/status']],
  [
    'that takes no multipart',
    onPost((request, response) => {
      if (request.headers['content-type']?.startsWith('multipart/')) fail(request, response)
    }),
    ['problem one-click/status'],
  ],
  [
    'that redirects',
    onPost(
      (request, response) => void response.writeHead(301, { Location: `https://www.example.com${request.url ?? ''}` }),
    ),
    ['problem one-click/redirect', 'problem one-click/redirect'],
  ],
  [
    'that sets a cookie',
    onPost((_, response) => void response.setHeader('Set-Cookie', 'session=1')),
    ['warning one-click/cookie', 'warning one-click/cookie'],
  ],
  [
    'that shows no page',
    (request, response) => {
      if (request.method === 'GET') fail(request, response)
    },
    ['problem one-click/get'],
  ],
  [
    'that takes POST only',
    (request, response) => {
      if (request.method === 'HEAD') response.statusCode = 405
    },
    ['problem one-click/get'],
  ],
] as readonly (readonly [string, Answer, readonly string[]])[])('a site %s', async ([, answer, expected]) => {
  const statements = await ask(await startSite(answer))
  expect(listFaults(statements)).toEqual(expected)
  expect(JSON.stringify(statements)).not.toContain('AAAAAAAA')
})

test('posts what RFC 8058 says, in both encodings, without cookies', async () => {
  const posted: string[] = []
  const server = createServer((request, response) => {
    void (async () => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      const { cookie, 'content-type': type = '' } = request.headers
      posted.push(`${request.method ?? ''} ${type.split(';')[0] ?? ''} ${cookie ?? 'no cookie'}`)
      if (request.method === 'POST')
        expect(body).toMatch(/List-Unsubscribe=One-Click|name="List-Unsubscribe"\r\n\r\nOne-Click\r\n/)
      response.end('ok')
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  server.closeAllConnections()
  expect(posted).toEqual([
    'GET  no cookie',
    'HEAD  no cookie',
    'POST application/x-www-form-urlencoded no cookie',
    'POST multipart/form-data no cookie',
  ])
})

test('a site that is not there', async () => {
  expect(listFaults(await ask('http://127.0.0.1:1'))).toEqual(['problem one-click/unreachable'])
  expect((await ask(undefined)).map(({ mark }) => mark)).toEqual(['skipped'])
})

test('compares the clock with that of the site', async () => {
  const url = await startSite(() => undefined)
  const in_ = (minutes: number) => new Date(Date.now() + minutes * 60_000)
  expect(listFaults(await ask(url, 'clock', in_(0)))).toEqual([])
  expect(listFaults(await ask(url, 'clock', in_(5)))).toEqual(['warning clock/off'])
  expect(listFaults(await ask(url, 'clock', in_(60)))).toEqual(['problem clock/off'])
})
