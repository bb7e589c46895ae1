import { describe, expect, test } from 'vitest'
import { findIn } from '../make.ts'

describe('hidden-text', () => {
  test('says what hides the text, and quotes it', () => {
    expect(findIn('hidden-text', '<p>Seen</p><div style="display:none">Not <b>seen</b></div>')).toMatchObject([
      { severity: 'error', message: 'Text is hidden by `display: none`: "Not seen".' },
    ])
  })

  test.for([
    ['the preheader', '<div style="display:none">Preheader</div><p>Seen</p>', 0],
    ['a second one', '<div style="display:none">Preheader</div><div style="display:none">Spam</div><p>Seen</p>', 1],
    ['one in the colour of the page before the first words', '<p style="color:#fff">Spam</p><p>Seen</p>', 1],
    ['one after the first words', '<p>Seen</p><div style="font-size:0">Spam</div>', 1],
    ['a dark colour on itself', '<p>Seen</p><p style="background:#333;color:#333333">Spam</p>', 1],
    ['a clear colour', '<p>Seen</p><p style="color:transparent">Spam</p>', 1],
    [
      'letters that a picture fills',
      '<p>Seen</p><p style="color:transparent;-webkit-background-clip:text">Rainbow</p>',
      0,
    ],
    ['a spacer', '<p>Seen</p><div style="font-size:0;line-height:0">&nbsp;</div>', 0],
    ['a height of nothing that does not clip', '<p>Seen</p><div style="height:0">Seen too</div>', 0],
    ['the hidden attribute', '<p>Seen</p><p hidden>Spam</p>', 1],
    ['code for a template', '<p>Seen</p><style>p{}</style><template>No</template>', 0],
  ] as const)('%s', ([, html, count]) => {
    expect(findIn('hidden-text', html)).toHaveLength(count)
  })

  test('does not count what fills the line of the preview up', () => {
    const filler = '&nbsp;&zwnj;'.repeat(200)
    expect(findIn('hidden-text', `<div style="display:none">Short${filler}</div><p>Seen</p>`)).toEqual([])
  })

  test('is an error for text that is white on white only where no screen shows it', () => {
    const css = '<style>@media (prefers-color-scheme:dark){.night{background:#000}}</style>'
    expect(findIn('hidden-text', `${css}<p>Seen</p><p class="night" style="color:#fff">By night</p>`)).toEqual([])
  })
})
