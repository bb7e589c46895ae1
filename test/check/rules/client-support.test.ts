import { describe, expect, test } from 'vitest'
import { RULES } from '../../../src/check/index.ts'
import { nameClients } from '../../../src/check/style/support/clients.ts'
import { DATA_DATE, FEATURES, listDropping } from '../../../src/check/style/support/features.ts'
import { findIn } from '../make.ts'

const FLEX = '<div style="display:flex"><p>Monday</p><p>Tuesday</p></div>'

describe('client-support', () => {
  test('names what stands there, who drops it and what a reader sees', () => {
    expect(findIn('client-support', FLEX)).toMatchObject([
      {
        severity: 'error',
        message:
          '2 pieces of content are set beside each other with `display: flex`: in Outlook (classic for Windows) they stand one below the other, or run together.',
      },
    ])
  })

  test.for([
    ['one child', '<div style="display:flex"><p>Alone</p></div>', []],
    ['a column', '<div style="display:flex;flex-direction:column"><p>One</p><p>Two</p></div>', []],
    [
      'children that stand beside each other anyway',
      '<div style="display:flex"><b style="display:inline-block">One</b><b style="display:inline-block">Two</b></div>',
      [],
    ],
    ['grid without columns', '<div style="display:grid"><p>One</p><p>Two</p></div>', []],
    ['a place that is moved', '<p style="position:relative;top:4px">Lower</p>', ['warning']],
    ['a place that is not', '<p style="position:relative">Here</p>', []],
    ['an empty overlay', '<div style="position:absolute;top:0"></div>', []],
    [
      'readable text on a gradient',
      '<div style="background:linear-gradient(#fff,#eee);color:#222">Dark</div>',
      ['warning'],
    ],
    ['no text on it', '<div style="background:linear-gradient(#000,#333);height:8px"></div>', []],
    [
      'a colour inside',
      '<div style="background:linear-gradient(#000,#333)"><p style="background:#000;color:#fff">White</p></div>',
      [],
    ],
    ['a clear background that can go', '<p style="background-color:rgba(0,0,0,.05)">Text</p>', []],
    ['a clear background that cannot', '<p style="background-color:rgba(0,0,0,.9);color:#fff">Text</p>', ['error']],
    [
      'a fallback before it',
      '<p style="background-color:#111;background-color:rgba(0,0,0,.9);color:#fff">Text</p>',
      [],
    ],
    ['new syntax', '<p style="color:rgb(20 20 20)">Text</p>', ['warning']],
    ['an image with an align', '<img align="left" style="float:left" src="a.png" alt="A">', []],
    ['a button', '<button>Book</button>', ['warning']],
    ['a font', '<link rel="stylesheet" href="https://fonts.example/css">', []],
    ['a stylesheet', '<link rel="stylesheet" href="https://x.example/mail.css">', ['warning']],
  ] as const)('%s', ([, html, severities]) => {
    expect(findIn('client-support', html).map(({ severity }) => severity)).toEqual(severities)
  })

  test('counts only the clients that an author names', () => {
    const config = { 'client-support': { clients: ['gmail-web' as const] } }
    expect(findIn('client-support', FLEX, { config })).toEqual([])
  })

  test('has data for every feature, and tells its date', () => {
    expect(FEATURES.filter((feature) => listDropping([feature]).length === 0)).toEqual([])
    expect(DATA_DATE).toMatch(/^20\d\d-\d\d-\d\d$/)
    expect(RULES.find(({ id }) => id === 'client-support')?.reference).toContain(DATA_DATE)
  })

  test('names a family as one', () => {
    expect(nameClients(['gmail-web', 'gmail-ios', 'gmail-android', 'outlook-windows', 'yahoo-web'])).toBe(
      'Gmail, Outlook (classic for Windows) and Yahoo (web)',
    )
  })
})
