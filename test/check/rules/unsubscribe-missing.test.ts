import { describe, expect, test } from 'vitest'
import { runChecks } from '../../../src/check/index.ts'
import type { Message } from '../../../src/message/index.ts'
import { makeIssue, makeRendered, SAMPLE, UNSUBSCRIBE, wholeMail } from '../make.ts'

function find(html: string, text?: string, message?: string) {
  const input = {
    issue: makeIssue(),
    rendered: makeRendered(html, text === undefined ? {} : { text }),
    sample: SAMPLE,
    ...(message === undefined ? {} : { message: { raw: Buffer.from(message) } as Message }),
  }
  return runChecks(input).filter((finding) => finding.rule === 'unsubscribe-missing')
}

describe('unsubscribe-missing', () => {
  test('accepts the reader’s own link in both parts', () => {
    expect(find(UNSUBSCRIBE)).toEqual([])
  })

  test('is an error for each part without the link', () => {
    expect(find('<p>Bye</p>', 'Bye')).toMatchObject([{ part: 'html', severity: 'error' }, { part: 'text' }])
  })

  test('is an error for an address that is not this reader’s', () => {
    expect(find('<a href="https://news.example.com/unsubscribe/1.k.other">Unsubscribe</a>')).toMatchObject([
      { part: 'html' },
    ])
  })

  test('is an error for a link that nobody can see', () => {
    expect(find('<a href="{{unsubscribeUrl}}"></a>')).toMatchObject([{ message: expect.stringContaining('no words') }])
  })

  test('works without a sample reader', () => {
    const found = runChecks({ issue: makeIssue(), rendered: makeRendered(wholeMail('<p></p>')) })
    expect(found.map((finding) => finding.rule)).toEqual(['unsubscribe-missing'])
  })

  test.for([
    ['List-Unsubscribe: <https://x.example/u/1>, <mailto:u@x.example>\r\n', true],
    ['List-Unsubscribe:\r\n <mailto:u@x.example?subject=unsubscribe>\r\n', true],
    ['list-unsubscribe: <https://x.example/u/1>\r\n', true],
    ['List-Unsubscribe: <>\r\n', false],
    ['List-Unsubscribe-Post: <https://x.example/u/1>\r\n', false],
    ['Subject: x\r\n\r\nList-Unsubscribe: <https://x.example/u/1>\r\n', false],
  ] as const)('reads the header %j', ([header, isFine]) => {
    const found = find(UNSUBSCRIBE, undefined, `From: a@x.example\r\n${header}\r\nbody`)
    expect(found.map((finding) => finding.part)).toEqual(isFine ? [] : ['headers'])
  })
})
