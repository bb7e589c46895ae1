import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { EditorLink, InboxBody, MessageBody, StudioBody } from '../../src/preview/api.ts'
import { pem, RSA } from '../message/dkim-make.ts'
import { makeNewsletter } from '../helpers/newsletter.ts'
import { openStudio } from './open-studio.ts'

const ISSUE =
  '---\ntitle: Papers\nweek: 2026-W34\npreheader: More\n---\nHello.\n\n## One\n\n### [Entry](https://example.com/a)\n\nText.\n'

const mail = (subject: string, more = '') =>
  `${more}From: Ada <ada@example.com>\r\nTo: grace@example.com\r\nSubject: ${subject}\r\n\r\nHello.\r\n`

test('lists, searches and deletes what came', async () => {
  const root = makeNewsletter({
    'data/inbox/2026-01-01-000001.eml': mail('=?utf-8?Q?Gr=C3=BC=C3=9Fe?= =?utf-8?Q?_aus_Turin?='),
    'data/inbox/2026-01-02-000001.eml': mail('Second'),
    'data/inbox/2026-01-03-000001.eml': mail('Third'),
    'data/inbox/notes.txt': 'mine',
  })
  const { get, remove } = await openStudio(root)
  const list = async (query = '') => {
    const { body } = await get<InboxBody>(`/api/inbox?q=${encodeURIComponent(query)}`)
    return [body.total, ...body.messages.map(({ subject }) => subject)]
  }
  expect(await list()).toEqual([3, 'Third', 'Second', 'Grüße aus Turin'])
  expect(await list('GRÜSSE')).toEqual([0])
  expect(await list('grüße ada')).toEqual([1, 'Grüße aus Turin'])
  const { body } = await get<MessageBody>('/api/inbox/2026-01-01-000001')
  expect(body.headers.at(-1)).toEqual({
    name: 'Subject',
    value: 'Grüße aus Turin',
    raw: 'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= =?utf-8?Q?_aus_Turin?=',
  })
  expect(await remove('/api/inbox/2026-01-02-000001')).toEqual({ status: 200, body: { deleted: 1 } })
  expect((await remove('/api/inbox/2026-01-02-000001')).status).toBe(404)
  expect(await list()).toEqual([2, 'Third', 'Grüße aus Turin'])
  expect(await remove('/api/inbox')).toEqual({ status: 200, body: { deleted: 2 } })
  expect(readdirSync(join(root, 'data/inbox'))).toEqual(['notes.txt'])
  expect((await get('/api/inbox/..%2f..%2fletterpress.config')).status).toBe(404)
})

test('tells what a message proves of its origin', async () => {
  const results = [
    'Received: from mx.example.com by inbox with ESMTPS id 1; Mon, 1 Jan 2026 00:00:00 +0000\r\n',
    'Authentication-Results: mx.example.com (by hand); spf=pass smtp.mailfrom=ada@example.com;\r\n dkim=fail header.d=example.com; dmarc=none header.from=example.com\r\n',
  ].join('')
  const root = makeNewsletter({
    'data/inbox/a.eml': mail('One', results),
    'data/inbox/b.eml': mail('Two', 'Received: from x by y with ESMTP id 2; Mon, 1 Jan 2026 00:00:00 +0000\r\n'),
    'data/inbox/c.eml': mail('Three'),
  })
  const { get } = await openStudio(root)
  const read = async (id: string) => (await get<MessageBody>(`/api/inbox/${id}`)).body.authentication
  expect(await read('a')).toEqual({
    isOverTls: true,
    results: [
      { method: 'dkim', result: 'none', detail: 'It carries no DKIM signature.', source: 'here' },
      expect.objectContaining({ method: 'spf', result: 'pass', domain: 'example.com', source: 'header' }),
      expect.objectContaining({ method: 'dkim', result: 'fail', domain: 'example.com', source: 'header' }),
      expect.objectContaining({ method: 'dmarc', result: 'none', domain: 'example.com', source: 'header' }),
    ],
  })
  expect((await read('b')).isOverTls).toBe(false)
  expect(await read('c')).not.toHaveProperty('isOverTls')
})

test('verifies what this newsletter has signed, and sees what was changed after that', async () => {
  const root = makeNewsletter({
    'issues/a.md': ISSUE,
    'key.pem': pem(RSA),
    'letterpress.config.ts': `export default { name: 'Test Letter', from: 'Test <test@news.example.com>', postalAddress: '1 Test Street',
      dkim: { domain: 'news.example.com', selector: 's1', keyFile: 'key.pem' } }\n`,
  })
  const { get, post } = await openStudio(root)
  expect((await post('/api/issues/a/test', { to: ['me@example.com'] })).status).toBe(200)
  const dkim = async () => {
    const { messages } = (await get<InboxBody>('/api/inbox')).body
    const { body } = await get<MessageBody>(`/api/inbox/${messages[0]?.id}`)
    return body.authentication.results.filter(({ method }) => method === 'dkim')
  }
  expect(await dkim()).toMatchObject([{ result: 'pass', domain: 'news.example.com', source: 'here' }])
  const [name = ''] = readdirSync(join(root, 'data/inbox'))
  const path = join(root, 'data/inbox', name)
  writeFileSync(path, readFileSync(path, 'latin1').replace('Subject: ', 'Subject: Changed '), 'latin1')
  expect(await dkim()).toMatchObject([{ result: 'fail', domain: 'news.example.com' }])
  const config = join(root, 'letterpress.config.ts')
  writeFileSync(config, readFileSync(config, 'utf8').replace(/dkim:[^}]*}/, ''))
  await expect.poll(dkim, { timeout: 5000 }).toMatchObject([{ result: 'neutral' }])
})

test('leads into the editor', async () => {
  const root = makeNewsletter({ 'issues/a b.md': ISSUE, '.env': '', 'node_modules/x.js': '' })
  const link = await openStudio(root)
  expect((await link.get<StudioBody>('/api/studio')).body.editor).toBe('link')
  const { body } = await link.get<EditorLink>('/api/editor?file=issues/a%20b.md&line=3&column=7')
  expect(body.url).toMatch(/^vscode:\/\/file\/.*\/issues\/a%20b\.md:3:7$/)
  for (const file of ['../x', '/etc/passwd', '.env', 'node_modules/x.js', 'issues', 'issues/none.md', 'issues%5ca.md'])
    expect((await link.get(`/api/editor?file=${file}`)).status, file).toBe(404)
  expect((await link.get('/api/editor?file=issues/a%20b.md&line=x')).status).toBe(400)
  expect(await link.post('/api/editor', { file: 'issues/a b.md' })).toMatchObject({
    status: 409,
    body: { error: { code: 'studio/no-editor' } },
  })

  const own = join(root, 'edit.sh')
  writeFileSync(own, `#!/bin/sh\nprintf '%s\\n' "$@" > "${join(root, 'asked')}"\n`, { mode: 0o755 })
  const command = await openStudio(root, { environment: { EDITOR: 'vim', LETTERPRESS_EDITOR: `${own} --wait` } })
  expect((await command.get<StudioBody>('/api/studio')).body.editor).toBe('command')
  expect((await command.post('/api/editor', { file: 'issues/a b.md', line: 3 })).status).toBe(204)
  await expect.poll(() => existsSync(join(root, 'asked'))).toBe(true)
  await expect.poll(() => readFileSync(join(root, 'asked'), 'utf8')).toBe(`--wait\n${join(root, 'issues/a b.md')}\n`)
})
