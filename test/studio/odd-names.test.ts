import { describe, expect, test } from 'vitest'
import { makeNewsletter } from '../helpers/newsletter.ts'
import { openStudio } from './open-studio.ts'

const NAMES = ['q&a #1', '100% sure', '[x]', 'a:b', '-dash', 'w20..x', '%41', 'what?', 'a b+c']
const ISSUE = (name: string) =>
  `---\ntitle: ${JSON.stringify(name)}\nid: ${JSON.stringify(`id-${NAMES.indexOf(name)}`)}\nweek: 2026-W34\n---\nText.\n\n## One\n\n### [E](https://example.com/)\n\nText.\n`

describe('an issue whose file has an odd name', () => {
  test('is read, framed, planned and tested as itself', async () => {
    const files = NAMES.map((name) => [`issues/${name}.md`, ISSUE(name)] as const)
    const { preview, get, post } = await openStudio(makeNewsletter(Object.fromEntries(files)))
    const { issues } = (await get<{ issues: { slug: string }[] }>('/api/issues')).body
    expect(issues.map(({ slug }) => slug).toSorted()).toEqual(NAMES.toSorted())
    for (const name of NAMES) {
      const path = `/api/issues/${encodeURIComponent(name)}`
      const { body } = await get<{ slug: string; title: string; mail: { url: string; rawUrl: string } }>(path)
      expect([name, body.slug, body.title]).toEqual([name, name, name])
      for (const url of [body.mail.url, body.mail.rawUrl])
        expect([url, (await fetch(`${preview.url}${url}`)).status]).toEqual([url, 200])
      expect((await get<{ slug: string }>(`${path}/plan`)).body.slug).toBe(name)
      expect((await get(`${path}/tree`)).status).toBe(200)
    }
    const sent = await post<{ results: unknown[] }>(`/api/issues/${encodeURIComponent('100% sure')}/test`, {
      to: ['me@example.com'],
    })
    expect(sent).toMatchObject({ status: 200, body: { results: [{ kind: 'accepted' }] } })
    const inbox = await get<{ messages: { subject: string }[] }>('/api/inbox')
    expect(inbox.body.messages.map(({ subject }) => subject)).toEqual(['100% sure'])
  })

  test('a page that names what is no issue hears so in its stream', async () => {
    const { preview } = await openStudio(makeNewsletter({ 'issues/a.md': ISSUE('q&a #1') }))
    for (const slug of ['none', '../a', 'a\0b', '']) {
      const controller = new AbortController()
      const answer = await fetch(`${preview.url}/events?live&issue=${encodeURIComponent(slug)}`, controller)
      expect(answer.status).toBe(200)
      let text = ''
      for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += part
        if (text.includes('"issue":{')) break
      }
      controller.abort()
      expect(text).toContain('preview/no-issue')
    }
  })
})
