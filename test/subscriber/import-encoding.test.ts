import { expect, test } from 'vitest'
import { address, openStore } from './open-store.ts'

test.each([
  ['UTF-8 with a mark', Buffer.from('\u{FEFF}email;name\nz@example.com;Zoë 🌻\n')],
  ['UTF-16, low byte first', Buffer.from('\u{FEFF}email;name\nz@example.com;Zoë 🌻\n', 'utf16le')],
  ['UTF-16, high byte first', Buffer.from('\u{FEFF}email;name\nz@example.com;Zoë 🌻\n', 'utf16le').swap16()],
  ['old Macintosh line ends', Buffer.from('email;name\rz@example.com;Zoë 🌻\r')],
  ['no line end at the end', Buffer.from('email\tname\r\nz@example.com\tZoë 🌻')],
])('reads %s, cut anywhere', async (_, bytes) => {
  for (const size of [1, 2, 3, 7, 1000]) {
    const { store, take } = await openStore()
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_unused, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    )
    expect(await take(pieces)).toMatchObject({ rows: 1, new: 1 })
    expect(await store.findByEmail(address('z@example.com'))).toMatchObject({ name: 'Zoë 🌻' })
  }
})

test('Latin-1 is refused with line, byte and advice, never guessed', async () => {
  const { store, take } = await openStore()
  const bytes = Buffer.concat([
    Buffer.from('email,name\na@example.com,Ann\n'),
    Buffer.from('b@example.com,Ren\u{E9}e\n', 'latin1'),
  ])
  const refused = expect.objectContaining({
    code: 'subscriber/not-utf8',
    message: expect.stringContaining('line 3 holds the byte E9, which would be "é" in Windows-1252') as string,
    hint: expect.stringContaining('iconv') as string,
  }) as unknown
  for (const size of [1000, 5]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    )
    await expect(take(pieces)).rejects.toEqual(refused)
  }
  expect(await store.findByEmail(address('a@example.com'))).toBeUndefined()
})
