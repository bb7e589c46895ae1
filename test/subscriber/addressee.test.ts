import { expect, test } from 'vitest'
import { EVERYBODY } from '../../src/subscriber/index.ts'
import { address, openStore } from './open-store.ts'

test('one reader is looked up with everything a mail is written with, as they are now', async () => {
  const { store, take } = await openStore()
  await take('email,name,language,tags,city\nada@example.com,Ada,fr,b;a,Paris\nbare@example.com,,,,\n')
  const [ada, bare] = await store.list({ segment: EVERYBODY, limit: 10 })
  expect(await store.findAddressee(ada?.key ?? 0)).toEqual({
    reader: {
      id: ada?.id,
      email: 'ada@example.com',
      name: 'Ada',
      language: 'fr',
      tags: ada?.tags,
      fields: { city: 'Paris' },
    },
    status: 'active',
    isMailable: true,
  })
  expect(await store.findAddressee(bare?.key ?? 0)).toEqual({
    reader: { id: bare?.id, email: 'bare@example.com', tags: [], fields: {} },
    status: 'active',
    isMailable: true,
  })
  await store.remove(address('ada@example.com'))
  await store.suppress(address('BARE@example.com'), 'bounced', { source: 'smtp' })
  expect(await store.findAddressee(ada?.key ?? 0)).toMatchObject({ status: 'unsubscribed', isMailable: false })
  expect(await store.findAddressee(bare?.key ?? 0)).toMatchObject({ isMailable: false })
  expect(await store.findAddressee(99_999)).toBeUndefined()
})
