import { describe, expect, test } from 'vitest'
import { parseAddress } from '../../src/base/index.ts'
import { createRedact } from '../../src/transport/smtp/redact.ts'
import { describeServer } from '../../src/transport/index.ts'
import { seedRandom } from '../helpers/random.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')

function redact(text: string, user: string, password: string, from = 'ada@news.example.com', to = 'lucia@example.com') {
  const [sender, reader] = [parseAddress(from), parseAddress(to)]
  if (!sender || !reader) throw new TypeError('no address')
  const url = `smtps://${encodeURIComponent(user)}:${encodeURIComponent(password)}@smtp.example.com`
  return createRedact(describeServer(url))({ kind: 'permanent', text }, { from: sender, to: reader }).text
}

describe('a password', () => {
  test.for(['hunter2', 'a-b/c+d', '$(){}[]^|.*?\\', 'ä💣\u0301', 'with  two blanks', 'x', 'ab', '1', '%', '"'])(
    '%s is hidden where a server repeats it',
    (password) => {
      const forms = [password, base64(password), base64(`\u{0}ada\u{0}${password}`)]
      const bearer = base64(`user=ada\u{1}auth=Bearer ${password}\u{1}\u{1}`)
      for (const form of [...forms, bearer]) {
        expect(redact(`535 5.7.8 wrong: ${form} is`, 'ada', password)).toBe('535 5.7.8 wrong: … is')
      }
    },
  )

  test('of one letter leaves the words of the server', () => {
    const text = '550 5.7.1 Access denied: an apparent attack, talk to mail admin at example.org'
    expect(redact(text, 'ada', 'a')).toBe(text)
    expect(redact(text, 'ada', 'at')).toBe(
      '550 5.7.1 Access denied: an apparent attack, talk to mail admin … example.org',
    )
  })

  test('is not left in part where the text is cut', () => {
    const password = 'correct-horse-battery-staple'
    for (let at = 16_340; at < 16_390; at++) {
      const shown = redact(`${'x'.repeat(at)} ${password} and more`, 'ada', password)
      expect(shown.length).toBeLessThanOrEqual(16_384)
      expect(shown).not.toContain('corr')
    }
  })

  test('of any kind makes no server impossible, and is never told', () => {
    const random = seedRandom(3)
    for (let round = 0; round < 300; round++) {
      const password = random.text(
        ['-', '[', ']', '(', '\\', '/', '.', 'a', 'B', '0', '*', '+', '?', '{', 'é', '^', '$'],
        12,
      )
      if (password.length < 4) continue
      expect(redact(`535 ${password}.${base64(password)}`, 'ada', password)).not.toContain(password)
    }
  })
})

describe('an address', () => {
  test('of the reader is hidden whatever its case, that of the login too', () => {
    const text = '550 <LUCIA@example.com> not by ada@example.org, YWRhQGV4YW1wbGUub3Jn'
    expect(redact(text, 'ada@example.org', 'secret')).toBe('550 <…> not by …, …')
  })

  test('of the sender keeps its domain', () => {
    const text = '550 5.7.1 <b.4711.mac@b.example.com>: sender rejected'
    expect(redact(text, '', '', 'b.4711.mac@b.example.com')).toBe('550 5.7.1 <…@b.example.com>: sender rejected')
  })

  test('that a login is, without one, stays a word', () => {
    expect(redact('535 apikey is no user', 'apikey', 'secret')).toBe('535 apikey is no user')
  })
})
