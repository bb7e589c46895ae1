import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../src/base/index.ts'
import { type Preview, startPreview } from '../../src/preview/index.ts'
import { createFolderStudio, type FolderStudio } from './folder-studio.ts'

describe('the preview server', () => {
  let studio: FolderStudio
  let preview: Preview

  beforeEach(async () => {
    studio = await createFolderStudio()
    await studio.write('w11', [
      'Papers',
      'Hello <there>',
      '<a href="https://example.com/a">out</a> <a href="#top">up</a>',
    ])
    preview = await startPreview(studio.services, { port: 0, host: '127.0.0.1' })
  })
  afterEach(async () => {
    await preview.close()
    await studio.remove()
  })
  const get = async (path: string) => await fetch(`${preview.url}${path}`)
  const getJson = async (path: string) => (await (await get(path)).json()) as Record<string, unknown>

  test('serves the page with its own script by nonce, and its style from here', async () => {
    const answer = await get('/')
    const html = await answer.text()
    const policy = answer.headers.get('content-security-policy') ?? ''
    const nonce = /script-src 'nonce-([^']+)';/.exec(policy)?.[1]
    expect(answer.headers.get('content-type')).toMatch('text/html')
    const scripts = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag.replace(/\/ui\/[\w-]+\.js/, 'FILE'))
    expect(scripts).toEqual([`<script type="module" crossorigin src="FILE" nonce="${nonce}">`])
    expect(html).not.toMatch(/<style\b|\{(?:nonce|sandbox)\}/)
    expect(policy).not.toMatch("'unsafe-")
    expect((await get('/')).headers.get('content-security-policy')).not.toBe(policy)
  })

  test('serves what the page is made of by its name, and nothing else', async () => {
    const html = await (await get('/')).text()
    for (const [, name = ''] of html.matchAll(/(?:src|href)="\/ui\/([^"]+)"/g)) {
      const answer = await get(`/ui/${name}`)
      expect([answer.status, answer.headers.get('x-content-type-options')]).toEqual([200, 'nosniff'])
      expect(answer.headers.get('content-type')).toMatch(name.endsWith('.js') ? 'text/javascript' : 'text/css')
      expect(answer.headers.get('cache-control')).toMatch('immutable')
    }
    expect((await get('/ui/index.html')).status).toBe(404)
    expect((await get('/ui/none.js')).status).toBe(404)
  })

  test.for(['/', '/api/issues', '/mail/w11', '/nothing', '/issues/w11/message.eml'])(
    'sends safe headers with %s',
    async (path) => {
      const { headers } = await get(path)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.get('content-security-policy')).toMatch("default-src 'none'")
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    },
  )

  test('lists issues and says what is wrong with one', async () => {
    await studio.write('w12', ['Broken', '::promp'])
    const { issues } = (await getJson('/api/issues')) as { issues: { slug: string; errors: number }[] }
    expect(issues.map(({ slug, errors }) => [slug, errors])).toEqual([
      ['w12', 1],
      ['w11', 0],
    ])
    const issue = await getJson('/api/issues/w12')
    expect(issue).toMatchObject({
      slug: 'w12',
      diagnostics: [{ code: 'issue/unknown-block', frame: expect.stringContaining('> 2 | ::promp') }],
    })
    expect(issue).not.toHaveProperty('mail')
  })

  test('shows mail as it is, without scripts', async () => {
    const { mail } = (await getJson('/api/issues/w11')) as { mail: { url: string; isStale: boolean } }
    const answer = await get(mail.url)
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^sandbox allow-same-origin allow-popups/)
    expect(policy).not.toMatch('allow-scripts')
    expect(await answer.text()).toContain('<a href="https://example.com/a">out</a> <a href="#top">up</a>')
    expect(mail.isStale).toBe(false)
  })

  test('keeps the last good build of a file that breaks', async () => {
    const before = (await getJson('/api/issues/w11')) as { mail: { url: string } }
    await studio.write('w11', ['Papers', '::promp'])
    const after = (await getJson('/api/issues/w11')) as {
      mail: { url: string; isStale: boolean }
      diagnostics: unknown[]
    }
    expect(after.mail).toEqual({ ...before.mail, isStale: true })
    expect(after.diagnostics).toHaveLength(1)
    expect(await (await get(after.mail.url)).text()).toContain('Hello &lt;there&gt;')
  })

  test('answers for a deleted issue in words', async () => {
    const answer = await get('/api/issues/none')
    expect(answer.status).toBe(404)
    expect(await answer.json()).toEqual({ error: { code: 'preview/no-issue', message: 'There is no issue "none".' } })
  })

  test('passes on the words of a broken configuration', async () => {
    await writeFile(join(studio.root, 'letterpress.config.ts'), 'broken')
    const answer = await get('/api/issues/w11')
    expect(answer.status).toBe(500)
    expect(await answer.json()).toEqual({
      error: { code: 'config/broken', message: 'The configuration does not load.', hint: 'Mend it.' },
    })
  })

  test('serves images and nothing that only claims to be one', async () => {
    await mkdir(join(studio.root, 'issues/w11'))
    await writeFile(
      join(studio.root, 'issues/w11/a.svg'),
      '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    )
    await writeFile(join(studio.root, 'issues/w11/a.html'), '<script>1</script>')
    const image = await get('/issues/w11/images/a.svg')
    expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
    expect(image.headers.get('content-security-policy')).toMatch(/sandbox$/)
    expect((await get('/issues/w11/images/a.html')).status).toBe(404)
    expect((await get('/issues/w11/images/none.png')).status).toBe(404)
  })

  test('hands out the message as a file', async () => {
    const answer = await get('/issues/w11/message.eml')
    expect(answer.headers.get('content-type')).toBe('message/rfc822')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(await answer.text()).toMatch(/^From: Ada Example/)
  })

  test('shows the inbox, with images that came in the message', async () => {
    await studio.deliver('2026-01-01-000001', INBOX_MAIL)
    const { messages } = (await getJson('/api/inbox')) as { messages: object[] }
    expect(messages).toMatchObject([
      { id: '2026-01-01-000001', from: 'Ada <ada@example.com>', to: 'grace@example.com', subject: 'Grüße' },
    ])
    const message = await getJson('/api/inbox/2026-01-01-000001')
    expect(message).toMatchObject({
      url: '/inbox/2026-01-01-000001/mail',
      raw: expect.stringContaining('Subject: =?utf-8?'),
    })
    expect(message['headers']).toContainEqual({ name: 'X-Long', value: 'one two', raw: expect.any(String) as string })
    const html = await (await get('/inbox/2026-01-01-000001/mail')).text()
    expect(html).toContain('<img src="data:image/png;base64,iVBORw0K">')
    expect((await get('/inbox/none/mail')).status).toBe(404)
  })

  test('reads no message through a symbolic link', async () => {
    await writeFile(join(studio.root, 'secret'), 'Subject: secret\r\n\r\n')
    await symlink(join(studio.root, 'secret'), join(studio.root, 'inbox/link.eml'))
    expect(await getJson('/api/inbox')).toEqual({ messages: [], total: 0 })
    expect((await get('/api/inbox/link')).status).toBe(404)
  })

  test('answers HEAD without a body and without an open stream', async () => {
    const answer = await fetch(`${preview.url}/events`, { method: 'HEAD' })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
  })

  test('says which port is taken, and by how to get another', async () => {
    const again = startPreview(studio.services, { port: preview.port, host: '127.0.0.1' })
    await expect(again).rejects.toThrow(AppError)
    await expect(again).rejects.toMatchObject({
      code: 'preview/port-in-use',
      kind: 'environment',
      hint: expect.stringContaining(`--port ${preview.port + 1}`),
    })
    expect(studio.watching()).toBe(1)
  })

  test('says when the address is none of this machine', async () => {
    await expect(startPreview(studio.services, { port: 0, host: '192.0.2.1' })).rejects.toMatchObject({
      code: 'preview/cannot-listen',
    })
  })
})

const INBOX_MAIL = `Return-Path: <ada@example.com>
Delivered-To: grace@example.com
From: Ada <ada@example.com>
To: grace@example.com
Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=
X-Long: one
 two
MIME-Version: 1.0
Content-Type: multipart/related; boundary=b

--b
Content-Type: text/html; charset=utf-8

<img src="cid:a@b">
--b
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-ID: <a@b>

iVBORw0K
--b--
`
