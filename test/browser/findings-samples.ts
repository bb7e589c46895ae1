const FILLER = Array.from({ length: 30 }, (_, index) => `Paragraph ${index} of the issue.`).join('\n\n')
export const SEEDED = `---
title: A seeded issue
week: 2026-W35
---
Hello.

## First things

### [An entry](https://example.com/a)

${FILLER}

See [the missing part](#nowhere) and [a short link](https://bit.ly/abc). Some \\emph{latex} is left over.

### [The same entry](https://example.com/a)

More words.

## An empty section

## Last things

### [Another](https://example.com/b)

Words.
`
export const BROKEN = SEEDED.replace('A seeded issue', 'A broken issue').replace(
  'Words.',
  '::promp{name="x"}\n\n:::note\nOpen.',
)
export const LOUD = `---\ntitle: Loud and pale\nweek: 2026-W36\ntemplate: loud\n---\nHello.\n\n## One\n\n### [E](https://example.com/a)\n\nText.\n`
export const LOUD_TEMPLATE = `export default function Loud({ issue }) {
  return (
    <html lang="en">
      <head>
        <title>{issue.title}</title>
        <style>{':root{color-scheme:light dark}.card{background:#fff;padding:20px}'}</style>
      </head>
      <body>
        <div className="card">
          <h1>{issue.title}</h1>
          <p style={{ color: '#999999' }}>Pale words on white paper.</p>
          <p style={{ color: '#222222', backgroundImage: 'linear-gradient(#fff, #eee)' }}>Words over a gradient.</p>
          <p style={{ color: '#222222' }}><a style={{ color: '#222222' }} href="https://example.com/1">one</a></p>
          <a style={{ color: '#222222' }} href="https://example.com/2">2</a><a style={{ color: '#222222' }} href="https://example.com/3">3</a>
        </div>
      </body>
    </html>
  )
}
`
/** What would run in a document with scripts, and what hides a document's own methods from whoever looks at it. */
export const HOSTILE = [
  '<script>new Image().src="EVIL/script"</script>',
  '<script src="EVIL/src"></script>',
  '<img src="x" onerror="new Image().src=\'EVIL/onerror\'">',
  '<svg onload="new Image().src=\'EVIL/svg\'"><script>new Image().src="EVIL/svg-script"</script></svg>',
  '<iframe srcdoc="<script>new Image().src=\'EVIL/srcdoc\'</script>"></iframe>',
  '<p style="animation:x 1ms" onanimationstart="new Image().src=\'EVIL/animation\'">x</p><style>@keyframes x{to{opacity:.9}}</style>',
  '<a id="axe" href="javascript:new Image().src=\'EVIL/href\'" style="color:#eee">Pale link</a>',
  '<p id="createElement" title="&lt;img src=x onerror=new(Image)().src=\'EVIL/title\'&gt;" style="color:#eee">Pale</p>',
]
export const CLOBBER =
  '<form><input name="nodeName"><input name="attributes"><input name="parentNode"></form><img name="querySelectorAll"><img name="body">'
