import { describe, expect, test } from 'vitest'
import { findIn } from '../make.ts'

const DARK = '<meta name="color-scheme" content="light dark">'

describe('contrast', () => {
  test('names both colours, the contrast and what it should be, with the place of the text', () => {
    expect(findIn('contrast', '\n<p>  <a href="https://x.example" style="color:#067df7">Read</a></p>')).toMatchObject([
      {
        severity: 'error',
        message: 'The text is #067df7 on #ffffff, a contrast of 3.97:1; it needs 4.5:1.',
        part: 'html',
        position: { line: 2, column: 56 },
        excerpt: 'Read',
      },
    ])
  })

  test('tells the same colours once, with how often they are used', () => {
    const [found, ...others] = findIn('contrast', '<p style="color:#999">One</p>'.repeat(3))
    expect(found?.message).toContain('So it is in 2 more places.')
    expect(others).toEqual([])
  })

  test.for([
    ['<p style="color:#949494;font-size:24px">Large</p>', 0],
    ['<p style="color:#949494;font-size:23px">Not large</p>', 1],
    ['<p style="color:#949494;font-size:14pt;font-weight:700">Bold and large</p>', 0],
    ['<p style="color:#949494;font-size:18px;font-weight:700">Bold and not large</p>', 1],
    ['<p style="opacity:.4">Shines through</p>', 1],
    ['<div style="background:#000"><p style="background:rgba(255,255,255,.95);color:#222">Paper</p></div>', 0],
    ['<p style="color:#ddd">· — ✓ 🎉</p>', 0],
    ['<p style="color:#ddd;display:none">Preheader</p>', 0],
    ['<td background="a.png" style="color:#ddd">On a picture alone</td>', 0],
    ['<td background="a.png" bgcolor="#ffffff" style="color:#ddd">On a picture with a colour</td>', 1],
    ['<p style="color:var(--x)">Who knows</p>', 0],
    ['<font color="cccccc">1998</font>', 1],
    ['<body text="#cccccc">', 0],
    ['<style>.c>table>tbody>tr>td{color:#ddd}</style><div class="c"><table><tr><td>Row</td></tr></table></div>', 1],
  ] as const)('%s has %i findings', ([html, count]) => {
    expect(findIn('contrast', html)).toHaveLength(count)
  })

  test('looks at the dark where there are styles for it', () => {
    const css = '<style>@media (prefers-color-scheme:dark){.page{background:#222!important}}</style>'
    const html = `${css}<div class="page" style="background:#fff;color:#333">Text</div>`
    expect(findIn('contrast', html)).toMatchObject([
      { message: expect.stringContaining('In dark colours the text is') },
    ])
  })

  test('asks for a colour and a background where a mail says that it knows the dark', () => {
    const found = findIn('contrast', `${DARK}<p>Text</p>`)
    expect(found.map(({ message }) => message)).toEqual([
      expect.stringContaining('nothing above this text has a background colour'),
      expect.stringContaining('has no colour of its own'),
    ])
  })

  test('takes other limits', () => {
    const config = { contrast: { ratio: 7 } }
    expect(findIn('contrast', '<p style="color:#666">Text</p>', { config })).toHaveLength(1)
  })
})
