import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findTest } from '../src/delivery/index.ts'
import { sendTests } from '../src/send-test.ts'
import { makeNewsletter, openNewsletter } from './helpers/newsletter.ts'

const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const ISSUE =
  '---\ntitle: Good\nweek: 2026-W34\n---\nHello.\n\n![A dot](good/dot.gif)\n\n## One\n\n### [Entry](https://example.com/a)\n\nText.\n'

test('an image that was replaced since the issue was rendered is not tested under its hash', async () => {
  const root = makeNewsletter({ 'issues/good.md': ISSUE, 'issues/good/dot.gif': GIF })
  const app = await openNewsletter(root)
  const [inspection] = await app.inspect(['good'])
  const [reader] = app.listReaders()
  const { rendered } = inspection ?? {}
  if (!rendered || !reader) throw new Error('nothing to test')
  const options = { rendered, reader, to: [reader.email], into: 'inbox' } as const
  writeFileSync(join(root, 'issues/good/dot.gif'), Buffer.concat([GIF, Buffer.from([0])]))
  await expect(sendTests(app, options)).rejects.toMatchObject({ code: 'render/image-changed' })
  const store = await app.openStore()
  expect(await findTest(store, rendered.hash, 'inbox')).toBeUndefined()
  await store.close()
  writeFileSync(join(root, 'issues/good/dot.gif'), GIF)
  expect(await sendTests(app, options)).toMatchObject({ isRecorded: true })
}, 30_000)
