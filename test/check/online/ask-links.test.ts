import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { askLinks } from '../../../src/check/online/index.ts'
import { failWith, networkOf, optionsOf, serve } from './pages-server.ts'

describe('asking for links', () => {
  test.for<readonly [string, (method: string) => number, string]>([
    ['answers', () => 200, 'alive'],
    ['answers GET only', (method) => (method === 'HEAD' ? 405 : 200), 'alive'],
    ['says 404 to HEAD only', (method) => (method === 'HEAD' ? 404 : 200), 'alive'],
    ['is not there', () => 404, 'gone'],
    ['was removed', () => 410, 'gone'],
    ['keeps robots out', () => 403, 'unknown'],
    ['has enough', () => 429, 'unknown'],
    ['wants a password', () => 401, 'unknown'],
    ['is out of order', () => 503, 'unknown'],
  ])('a page that %s', async ([, statusOf, state]) => {
    const port = await serve((request, response) => void response.writeHead(statusOf(request.method ?? '')).end())
    const link = `http://public.example:${port}/page`
    expect((await askLinks([link], optionsOf())).get(link)).toMatchObject({ state })
  })

  test('asks a server that is out of order once more, and one that keeps robots out no more', async () => {
    const methods: string[] = []
    const port = await serve((request, response) => {
      methods.push(`${request.url} ${request.method}`)
      response.writeHead(request.url === '/busy' ? 503 : 403).end()
    })
    await askLinks([`http://public.example:${port}/busy`], optionsOf())
    await askLinks([`http://public.example:${port}/robots`], optionsOf())
    expect(methods).toEqual(['/busy HEAD', '/busy GET', '/busy HEAD', '/busy GET', '/robots HEAD', '/robots GET'])
  })

  test('says where a redirect ended', async () => {
    const port = await serve((request, response) => {
      response.writeHead(request.url === '/old' ? 301 : 404, { location: '/new' }).end()
    })
    const link = `http://public.example:${port}/old`
    expect((await askLinks([link], optionsOf())).get(link)).toEqual({
      state: 'gone',
      status: 404,
      at: `http://public.example:${port}/new`,
    })
  })

  test('tells a name that nobody knows from a resolver that is out of reach', async () => {
    const resolve = async (host: string) =>
      await Promise.reject(failWith(host.startsWith('no') ? 'ENOTFOUND' : 'EAI_AGAIN'))
    const states = await askLinks(
      ['https://nobody.example/', 'https://asleep.example/'],
      optionsOf({ network: networkOf(resolve) }),
    )
    expect(states.get('https://nobody.example/')).toEqual({ state: 'unresolved', host: 'nobody.example' })
    expect(states.get('https://asleep.example/')).toEqual({ state: 'unknown' })
  })

  test('says nothing when no name at all is known: this machine is offline', async () => {
    const network = networkOf(async () => await Promise.reject(failWith('ENOTFOUND')))
    const links = ['https://a.example/', 'https://b.example/', 'https://c.example/']
    expect((await askLinks(links, optionsOf({ network }))).size).toBe(0)
  })

  test('asks a host for two pages at a time, and for each page once', async () => {
    let now = 0
    let most = 0
    const asked: string[] = []
    const port = await serve((request, response) => {
      most = Math.max(most, ++now)
      asked.push(request.url ?? '')
      setTimeout(() => {
        now--
        response.end()
      }, 20)
    })
    const links = Array.from({ length: 9 }, (_, index) => `http://public.example:${port}/${index}`)
    await askLinks([...links, ...links], optionsOf())
    expect(most).toBe(2)
    expect(asked.toSorted()).toEqual(links.map((link) => new URL(link).pathname))
  })

  test('takes nothing of the body, however long it is', async () => {
    let written = 0
    const port = await serve((request, response) => {
      if (request.method === 'HEAD') return void response.writeHead(405).end()
      const chunk = Buffer.alloc(64 * 1024)
      const write = (): void => {
        while (!response.destroyed && response.write(chunk)) written += chunk.length
      }
      response.on('drain', write)
      write()
    })
    const link = `http://public.example:${port}/endless`
    expect((await askLinks([link], optionsOf())).get(link)).toEqual({ state: 'alive' })
    expect(written).toBeLessThan(32 * 1024 * 1024)
  })

  test('gives up on a server that says nothing when the time for all is over', async () => {
    const port = await serve(() => undefined)
    const link = `http://public.example:${port}/silent`
    const options = optionsOf({ limitMs: 300 })
    expect((await askLinks([link], options)).size).toBe(0)
    expect(readFileSync(options.cacheFile, 'utf8')).toBe('{}')
  })

  test('asks nothing once it is aborted', async () => {
    let hits = 0
    const port = await serve((_, response) => {
      hits++
      response.end()
    })
    await askLinks([`http://public.example:${port}/`], optionsOf({ signal: AbortSignal.abort() }))
    expect(hits).toBe(0)
  })
})

describe('answers of the last day', () => {
  const later = (hours: number) => new Date(Date.UTC(2026, 7, 21, 6 + hours))

  test('are not asked for again', async () => {
    let hits = 0
    const port = await serve((_, response) => {
      hits++
      response.writeHead(404).end()
    })
    const link = `http://public.example:${port}/`
    const options = optionsOf()
    const first = await askLinks([link], options)
    expect(await askLinks([link], { ...options, now: later(23) })).toEqual(first)
    expect(hits).toBe(2)
    await askLinks([link], { ...options, now: later(25) })
    expect(hits).toBe(4)
  })

  test('count only when they were clear', async () => {
    let status = 503
    const port = await serve((_, response) => void response.writeHead(status).end())
    const link = `http://public.example:${port}/`
    const options = optionsOf()
    await askLinks([link], options)
    status = 200
    expect((await askLinks([link], options)).get(link)).toEqual({ state: 'alive' })
  })

  test('are asked for anew when the file is broken', async () => {
    const port = await serve((_, response) => void response.end())
    const link = `http://public.example:${port}/`
    const options = optionsOf()
    writeFileSync(options.cacheFile, '{"https://x.example/": {"askedAt": "never"}')
    expect((await askLinks([link], options)).get(link)).toEqual({ state: 'alive' })
    expect(existsSync(options.cacheFile)).toBe(true)
  })
})
