import { expect, test } from 'vitest'
import { listPages, pageOf } from '../../../src/check/online/index.ts'
import { makeEntry, makeIssue, makeRendered, makeSection, NEWSLETTER } from '../make.ts'

test('asks for pages that are the same for every reader, each once', () => {
  const rendered = {
    ...makeRendered(
      `<a href="https://example.com/a#1">a</a><a href="https://example.com/a#2">a</a><a href="http://example.com/b?x=1">b</a>
       <a href="#top">top</a><a href="mailto:ada@example.com">mail</a><a href="javascript:alert(1)">script</a>
       <a href="{{unsubscribeUrl}}">leave</a><a href="https://example.com/?u={{subscriber.email}}">you</a>
       <a href="https://ada:secret@example.com/">in</a>
       <a href="https://news.example.com/unsubscribe/u1.k.secret">leave</a>
       <a href="https://news.example.com/issues/week-11/#s-models">online</a>
       <a href="https://news.example.com/about">about</a>`,
    ),
    archiveUrl: 'https://news.example.com/issues/week-11/',
  }
  const issue = makeIssue({ sections: [makeSection('s', [makeEntry('e', { url: 'https://arxiv.org/abs/1' })])] })
  expect(listPages(issue, rendered, NEWSLETTER)).toEqual([
    'https://arxiv.org/abs/1',
    'https://example.com/a',
    'http://example.com/b?x=1',
    'https://news.example.com/about',
  ])
})

test('leaves the place within a page out', () => {
  expect(pageOf('https://example.com/a#b#c')).toBe('https://example.com/a')
})
