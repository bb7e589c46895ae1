import { expect, test } from 'vitest'
import { makeNewsletter, openNewsletter, PLAIN_CONFIG } from '../helpers/newsletter.ts'

const open = async (blocks: string) =>
  await openNewsletter(makeNewsletter({ 'letterpress.config.ts': PLAIN_CONFIG.replace(' }', `, blocks: ${blocks} }`) }))

test('a shared block of an unknown type is told when the newsletter is opened', async () => {
  await expect(open(`{ ebook: { type: 'promp' }, b: { type: 'constructor' } }`)).rejects.toMatchObject({
    code: 'config/invalid',
    message: expect.stringMatching(
      /blocks\.ebook\.type: no block is named "promp"\. Did you mean "promo"\?[^]*blocks\.b\.type: /,
    ) as string,
  })
})

test('a shared block of a type that cannot be shared is told as well', async () => {
  await expect(open(`{ contents: { type: 'toc' } }`)).rejects.toMatchObject({
    message: expect.stringContaining('blocks.contents.type: "toc" cannot be shared') as string,
  })
})

test('a shared block that takes another one by name is told as well', async () => {
  await expect(open(`{ a: { type: 'note' }, b: { type: 'note', name: 'a' } }`)).rejects.toMatchObject({
    message: expect.stringContaining('blocks.b.name: ') as string,
  })
})
