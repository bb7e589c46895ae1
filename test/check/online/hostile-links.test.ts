import { describe, expect, test } from 'vitest'
import type { Network } from '../../../src/check/online/ask.ts'
import { askLinks } from '../../../src/check/online/index.ts'
import { networkOf, optionsOf, serve, STAND_IN } from './pages-server.ts'

/** A server that nobody may reach: every request to it is a hole. */
async function serveForbidden(): Promise<{ readonly port: number; readonly hits: string[] }> {
  const hits: string[] = []
  const port = await serve((request, response) => {
    hits.push(request.url ?? '')
    response.end('secret')
  }, '127.0.0.1')
  return { port, hits }
}

const toLoopback: Network['resolve'] = async () => await Promise.resolve(['127.0.0.1'])

describe('addresses of this machine in every disguise', () => {
  test.for([
    'http://127.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://127.0.1:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f000001:PORT/',
    'http://0x7f.1:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://017700000001:PORT/',
    'http://127.0.0.1.:PORT/',
    'http://%31%32%37.0.0.1:PORT/',
    'http://１２７.０.０.１:PORT/',
    'http://①②⑦.⓪.⓪.①:PORT/',
    'http://127。0。0。1:PORT/',
    'http://0.0.0.0:PORT/',
    'http://0:PORT/',
    'http://[::1]:PORT/',
    'http://[::]:PORT/',
    'http://[0:0:0:0:0:0:0:1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://[::127.0.0.1]:PORT/',
    'http://[64:ff9b::127.0.0.1]:PORT/',
    'http://[2002:7f00:1::]:PORT/',
    'http://localhost:PORT/',
    'http://LOCALHOST.:PORT/',
    'http://public.example@127.0.0.1:PORT/',
    'http://127.0.0.1:PORT@127.0.0.1:PORT/',
    'http://127.0.0.1:PORT\\@public.example/',
    'HTTP:\\\\127.0.0.1:PORT/',
    'https://127.0.0.1:PORT/',
    'http://169.254.169.254/latest/meta-data/',
    'file:///etc/passwd',
    'gopher://127.0.0.1:PORT/',
  ])('%s is not asked', async (template) => {
    const { port, hits } = await serveForbidden()
    const link = template.replaceAll('PORT', String(port))
    // As the system would answer for localhost, and for everything else as well.
    const states = await askLinks([link], optionsOf({ network: networkOf(toLoopback) }))
    expect(states.get(link)?.state ?? 'unknown').toBe('unknown')
    expect(hits).toEqual([])
  })
})

describe('names', () => {
  test.for<readonly [string, Network['resolve']]>([
    ['lead to this machine', toLoopback],
    ['lead to this machine among others', async () => await Promise.resolve([STAND_IN, '127.0.0.1'])],
    ['lead to this machine by IPv6', async () => await Promise.resolve(['::1'])],
    ['lead to a mapped address', async () => await Promise.resolve(['::ffff:127.0.0.1'])],
    ['lead to a private network', async () => await Promise.resolve(['192.168.1.1'])],
    ['lead to no address', async () => await Promise.resolve(['localhost'])],
  ])('that %s are not asked', async ([, resolve]) => {
    const { port, hits } = await serveForbidden()
    const link = `http://public.example:${port}/`
    expect((await askLinks([link], optionsOf({ network: networkOf(resolve) }))).get(link)?.state).toBe('unknown')
    expect(hits).toEqual([])
  })

  test('are looked up once for each request, and the connection goes to what was looked at', async () => {
    const { port, hits } = await serveForbidden()
    let lookups = 0
    const seen: (string | undefined)[] = []
    const publicPort = await serve((request, response) => {
      seen.push(request.headers.host)
      response.writeHead(405).end()
    })
    const resolve = async () => await Promise.resolve([lookups++ === 0 ? STAND_IN : '127.0.0.1'])
    const links = [`http://public.example:${publicPort}/`, `http://public.example:${port}/`]
    await askLinks(links.slice(0, 1), optionsOf({ network: networkOf(resolve) }))
    await askLinks(links.slice(1), optionsOf({ network: networkOf(resolve) }))
    expect(seen).toEqual([`public.example:${publicPort}`])
    expect(hits).toEqual([])
  })
})

describe('redirects', () => {
  test.for([
    'http://127.0.0.1:PORT/',
    'http://2130706433:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    '//127.0.0.1:PORT/',
    '\\\\127.0.0.1:PORT\\',
    'http://local.example:PORT/',
    'file:///etc/passwd',
    'data:text/plain,x',
  ])('to %s are not followed', async (template) => {
    const { port, hits } = await serveForbidden()
    const location = template.replaceAll('PORT', String(port))
    const publicPort = await serve((_, response) => void response.writeHead(302, { location }).end())
    const resolve = async (host: string) => await Promise.resolve([host === 'local.example' ? '127.0.0.1' : STAND_IN])
    const link = `http://public.example:${publicPort}/`
    expect((await askLinks([link], optionsOf({ network: networkOf(resolve) }))).get(link)?.state).toBe('unknown')
    expect(hits).toEqual([])
  })

  test('are followed for five steps, not for ever', async () => {
    let asked = 0
    const port = await serve((_, response) => {
      asked++
      response.writeHead(301, { location: `/${asked}` }).end()
    })
    const link = `http://public.example:${port}/`
    expect((await askLinks([link], optionsOf())).get(link)).toEqual({ state: 'unknown' })
    expect(asked).toBe(12)
  })
})

test('sends no credentials, no cookies and no referrer', async () => {
  const heads: Record<string, unknown>[] = []
  const port = await serve((request, response) => {
    heads.push(request.headers)
    response
      .setHeader('set-cookie', 'a=1')
      .writeHead(heads.length === 1 ? 302 : 200, { location: '/next' })
      .end()
  })
  await askLinks([`http://public.example:${port}/?q=1`], optionsOf())
  expect(heads).toHaveLength(2)
  for (const head of heads) {
    expect(Object.keys(head).toSorted()).toEqual(['accept', 'connection', 'host', 'user-agent'])
  }
})
