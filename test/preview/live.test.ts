import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { StateEvent } from '../../src/preview/api.ts'
import { startPreview } from '../../src/preview/index.ts'
import { createFolderStudio } from './folder-studio.ts'

describe('live changes', () => {
  test('reach every open page, and closing ends everything', async () => {
    const studio = await createFolderStudio()
    await studio.write('w11', ['Papers'])
    const preview = await startPreview(studio.services, { port: 0, host: '127.0.0.1' })
    const first = await openEvents(preview.url)
    const second = await openEvents(preview.url)
    expect(await first.next()).toBe('retry: 1000\nevent: ready\ndata: {}')
    expect(await second.next()).toMatch('event: ready')
    await studio.write('w11', ['Papers, again'])
    const change = 'event: change\ndata: {"kind":"issue","slugs":["w11"]}'
    expect(await first.next()).toBe(change)
    expect(await second.next()).toBe(change)
    await preview.close()
    expect(await first.next()).toBeUndefined()
    expect(await second.next()).toBeUndefined()
    expect(studio.watching()).toBe(0)
    await expect(fetch(preview.url)).rejects.toThrow('fetch failed')
    await studio.remove()
  })

  test('tell a page all that it shows, and then only what has changed', async () => {
    const studio = await createFolderStudio()
    await studio.write('w11', ['Papers'])
    await studio.write('w12', ['More papers', 'Hello'])
    const preview = await startPreview(studio.services, { port: 0, host: '127.0.0.1' })
    const events = await openEvents(preview.url, '?live')
    const next = async () => {
      let event = await events.next()
      while (event?.includes('event: change')) event = await events.next()
      return JSON.parse(event?.split('data: ')[1] ?? '{}') as StateEvent
    }
    expect(await events.next()).toMatch('event: ready')
    expect(await next()).toMatchObject({ studio: { name: 'Papers Weekly' } })
    expect(await next()).toMatchObject({ issues: { issues: [{ slug: 'w12' }, { slug: 'w11' }] } })
    // The newest is open as long as none is named.
    expect(await next()).toMatchObject({
      issue: { slug: 'w12', html: expect.stringContaining('<p>Hello</p>') as string },
    })
    expect(await next()).toEqual({ inbox: { messages: [], total: 0 } })

    await studio.write('w12', ['More papers', 'Hello, again'])
    expect(await next()).toMatchObject({ issue: { html: expect.stringContaining('<p>Hello, again</p>') as string } })
    expect(await next()).toHaveProperty('issues')
    await studio.write('w12', ['More papers', '::promp'])
    const broken = (await next()).issue as { body: { mail: { isStale: boolean } }; html: string }
    expect([broken.body.mail.isStale, broken.html.includes('Hello, again')]).toEqual([true, true])
    await preview.close()
    await studio.remove()
  })

  test('say why the open issue cannot be shown', async () => {
    const studio = await createFolderStudio()
    const preview = await startPreview(studio.services, { port: 0, host: '127.0.0.1' })
    const events = await openEvents(preview.url, '?live&issue=none')
    let event: string | undefined = ''
    while (!event?.includes('"issue":')) event = await events.next()
    expect(event).toContain('{"issue":{"slug":"none","error":{"code":"preview/no-issue"')
    expect((await fetch(`${preview.url}/events?live&issue=..%2Fsecret`)).status).toBe(404)
    await preview.close()
    await studio.remove()
  })

  test('frees the port when it closes', async () => {
    const studio = await createFolderStudio()
    const preview = await startPreview(studio.services, { port: 0, host: '127.0.0.1' })
    await preview.close()
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(preview.port, '127.0.0.1', resolve))
    expect((server.address() as AddressInfo).port).toBe(preview.port)
    server.close()
    await studio.remove()
  })

  test('forget a page that has gone', async () => {
    const studio = await createFolderStudio()
    const preview = await startPreview(studio.services, { port: 0, host: '127.0.0.1' })
    for (let round = 0; round < 80; round++) {
      const events = await openEvents(preview.url)
      expect(await events.next()).toMatch('ready')
      await events.leave()
    }
    await preview.close()
    await studio.remove()
  })
})

async function openEvents(url: string, query = '') {
  const controller = new AbortController()
  const answer = await fetch(`${url}/events${query}`, { signal: controller.signal })
  expect(answer.headers.get('content-type')).toBe('text/event-stream')
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    next: async (): Promise<string | undefined> => {
      while (!text.includes('\n\n')) {
        const part = await reader?.read().catch(() => undefined)
        if (!part || part.done) return undefined
        text += part.value
      }
      const end = text.indexOf('\n\n')
      const event = text.slice(0, end)
      text = text.slice(end + 2)
      return event
    },
    leave: async () => {
      controller.abort()
      await reader?.closed.catch(() => undefined)
    },
  }
}
