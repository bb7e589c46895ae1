import { describe, expect, test } from 'vitest'
import { AppError } from '../../src/base/index.ts'
import { buildListId, buildUnsubscribeHeaders } from '../../src/message/index.ts'
import { assertHead } from '../../src/message/compile/head.ts'
import { buildFeedbackId } from '../../src/message/list-headers.ts'
import { address, compose, findFaults, OPTIONS, readField, readHead } from './make.ts'

const MAILTO = 'mailto:reply@example.com?subject=unsubscribe%20TOKEN'

function thrown(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    return error
  }
}

describe('List-Unsubscribe', () => {
  test('has the https and the mail address in one field, and allows one click', () => {
    expect(buildUnsubscribeHeaders('https://news.example.com/unsubscribe/TOKEN', MAILTO)).toEqual([
      { name: 'List-Unsubscribe', value: `<https://news.example.com/unsubscribe/TOKEN>,\r\n <${MAILTO}>` },
      { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
    ])
  })

  test('has the mail address alone without a page, and then allows no click', () => {
    expect(buildUnsubscribeHeaders(undefined, MAILTO)).toEqual([{ name: 'List-Unsubscribe', value: `<${MAILTO}>` }])
  })

  test('stands once in the message, its addresses whole in their lines', async () => {
    const { raw } = await compose()
    expect(readHead(raw).filter(({ name }) => /^list-unsubscribe$/i.test(name))).toHaveLength(1)
    expect(readField(raw, 'List-Unsubscribe')).toMatch(
      /^<https:\/\/news\.example\.com\/unsubscribe\/(u1\.k1\.lucia-ibanez\.[\w-]{22})>, <mailto:reply@example\.com\?subject=unsubscribe%20\1>$/,
    )
    expect(readField(raw, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click')
    expect(readField(raw, 'List-Archive')).toBe('<https://news.example.com/>')
  })

  test('encodes a mailbox that a URI would read otherwise', async () => {
    const odd = { name: '', address: address('a&b=c?d#e+f/g@example.com') }
    const { raw } = await compose({ options: { replyTo: odd } })
    expect(findFaults(raw)).toEqual([])
    const mailto = /<(mailto:[^>]+)>/.exec(readField(raw, 'List-Unsubscribe') ?? '')?.[1] ?? ''
    const url = new URL(mailto)
    expect(decodeURIComponent(url.pathname)).toBe('a&b=c?d#e+f/g@example.com')
    expect(url.searchParams.get('subject')).toMatch(/^unsubscribe u1\./)
  })

  test.for([
    ['http', 'http://news.example.com/u/TOKEN'],
    ['no scheme', 'news.example.com/u/TOKEN'],
    ['another scheme', 'javascript:alert(1)'],
    ['a fragment, which a POST would lose', 'https://news.example.com/#TOKEN'],
    ['an angle bracket', 'https://news.example.com/>, <https://evil.example/'],
    ['a line end', 'https://news.example.com/\r\nBcc: x@evil.example'],
    ['a blank', 'https://news.example.com/a b'],
    ['a letter outside ASCII', 'https://news.example.com/é'],
    ['a NUL', 'https://news.example.com/\u{0}'],
    ['901 octets', `https://news.example.com/${'x'.repeat(876)}`],
    ['no host', 'https://'],
    ['nothing', ''],
  ])('refuses a page with %s', ([, url]) => {
    const error = thrown(() => buildUnsubscribeHeaders(url, MAILTO))
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ code: 'message/unsubscribe-not-https', kind: 'usage' })
  })

  test('takes a page of 900 octets', () => {
    expect(buildUnsubscribeHeaders(`https://news.example.com/${'x'.repeat(875)}`, MAILTO)).toHaveLength(2)
  })
})

describe('List-Id', () => {
  const idOf = (name: string, from = 'ada@news.example.com') =>
    buildListId({ name, from: { name: '', address: address(from) } })

  test.for([
    ['LLM Papers Weekly', 'llm-papers-weekly.news.example.com'],
    ['Les Échos de l’IA', 'les-echos-de-l-ia.news.example.com'],
    ['"a", <b> (c) @d', 'a-b-c-d.news.example.com'],
    ['---', 'newsletter.news.example.com'],
  ] as const)('of %s is %s', ([name, id]) => {
    expect(idOf(name)).toBe(id)
  })

  test('has the domain in A-labels', () => {
    expect(idOf('x', 'ada@例え.jp')).toBe('x.xn--r8jz45g.jp')
  })

  test('is a dot-atom of at most 63 octets a label, whatever the name', () => {
    for (const name of [
      '',
      'ニュース',
      'نشرة',
      'Straße',
      '🙂',
      'x'.repeat(500),
      'ab cd '.repeat(100),
      '\r\nBcc: x',
      '-a-',
      'a--b',
      `語${'x'.repeat(99)}`,
    ]) {
      expect(idOf(name), name).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.news\.example\.com$/)
    }
  })

  test('tells two newsletters of one domain apart, also where no letter is Latin', () => {
    const ids = ['日本語のニュース', '日本語の論文', 'AI 論文', 'AI ニュース', 'AI', 'نشرة', 'Новости'].map((name) =>
      idOf(name),
    )
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('Feedback-ID', () => {
  const idOf = (issueId: string, name = OPTIONS.name, from = 'ada@news.example.com') =>
    buildFeedbackId(issueId, { name, from: { name: '', address: address(from) } })

  test('has four parts, the last of 5 to 15 characters', () => {
    expect(idOf('2024-w11')).toBe('2024-w11:llm-papers-weekly-news-example-com:newsletter:news-example-co')
    expect(idOf('2024-w11', 'x', 'a@b.co')).toBe('2024-w11:x-b-co:newsletter:b-co0')
  })

  test('has no colon, blank or letter outside ASCII in any part, and none is empty', () => {
    for (const issueId of ['a:b', 'a b', '例え', 'é', '\r\nBcc: x', 'x'.repeat(500)]) {
      expect(idOf(issueId, '日本語:"x"'), issueId).toMatch(
        /^[a-z0-9-]{1,60}:[a-z0-9-]{1,60}:newsletter:[a-z0-9-]{5,15}$/,
      )
    }
  })

  test('says nothing about the reader', async () => {
    const [one, other] = [
      await compose(),
      await compose({ reader: { id: 'other', email: address('other@example.net'), name: 'Other' } }),
    ]
    expect(readField(one.raw, 'Feedback-ID')).toBe(readField(other.raw, 'Feedback-ID'))
  })
})

describe('the limit of a line', () => {
  test('is 998 octets', () => {
    expect(() => assertHead(`${'x'.repeat(998)}\r\n${'é'.repeat(499)}\r\n\r\n`)).not.toThrow()
    for (const head of [`${'x'.repeat(999)}\r\n`, `a\r\n${'é'.repeat(500)}\r\n`, `a\r\n${'x'.repeat(999)}\r\nb\r\n`]) {
      expect(thrown(() => assertHead(head))).toMatchObject({ code: 'message/line-too-long' })
    }
  })

  test('and its end are proved of a head, like that nothing needs stuffing', () => {
    for (const head of [
      'a: b',
      'a: b\n',
      'a: b\nc: d\r\n',
      'a: b\rc\r\n',
      'a: b\r\r\n',
      '.a: b\r\n',
      'a: b\r\n.c: d\r\n',
    ]) {
      expect(
        thrown(() => assertHead(head)),
        JSON.stringify(head),
      ).toBeInstanceOf(TypeError)
    }
  })

  test('is reported before anything is sent, without the line', async () => {
    const url = `https://news.example.com/${'x'.repeat(980)}`
    const error = await compose({ options: { url } }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(AppError)
  })
})

test('a reader’s page of preferences is theirs, and only where there is a site', async () => {
  const rendered = {
    text: '{{preferencesUrl|nowhere}} {{webUrl|nowhere}} {{subscriber.email}} {{subscriber.language}} {{subscriber.fields.city|x}}\n',
  }
  const lines = async (options: Parameters<typeof compose>[0]) =>
    (await compose({ rendered, ...options })).raw.toString().replaceAll('=\r\n', '')
  expect(await lines({ reader: { fields: { city: 'Cork' } } })).toMatch(
    /^https:\/\/news\.example\.com\/preferences\/u1\.k1\.lucia-ibanez\.[\w-]{22} https:\/\/news\.example\.com\/issues\/2024-w11\/ lucia@example\.com en Cork\r$/m,
  )
})

test('a field of a reader cannot stand for another slot', async () => {
  const fields = { '../name': 'evil', __proto__: 'evil', 'x.unsubscribeUrl': 'https://evil.example' }
  const { raw } = await compose({ reader: { fields } })
  expect(raw.toString()).not.toContain('evil')
})
