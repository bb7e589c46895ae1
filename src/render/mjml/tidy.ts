/** White space counts in these. */
const KEPT = /(<(?:pre|textarea)\b[^]*?<\/(?:pre|textarea)>)/i

/**
 * Elements that stand on lines of their own: blanks beside their tags show nowhere. Not `\s`, which takes the ideographic
 * space that a Japanese paragraph begins with, and no-break spaces.
 */
const BLOCK =
  /[ \n]*(<\/?(?:blockquote|body|div|h[1-6]|head|html|li|meta|noscript|ol|o:\w+|p|style|table|tbody|td|thead|th|title|tr|ul|xml)\b[^>]*>)[ \n]*/g

/** What MJML writes for programs that are gone, or twice: Outlook 2003, Internet Explorer, and widths of single columns. */
const NEEDLESS = [
  /<!--\[if lte mso 11\]>[^]*?<!\[endif\]-->/g,
  /<!--\[if !mso\]><!-->\s*<meta http-equiv="X-UA-Compatible"[^>]*>\s*<!--<!\[endif\]-->/g,
  /#outlook a\{padding:0\}|-ms-text-size-adjust:100%|-ms-interpolation-mode:bicubic/g,
  /<style[^>]*>(?:@media only screen and \(min-width:\d+px\)\{)?(?:\.moz-text-html )?\.mj-column-per-100\{width:100%!important;max-width:100%\}*<\/style>/g,
]

const OFFICE = ' xmlns:o="urn:schemas-microsoft-com:office:office"'

/** MJML's own way to hide the preheader has eight declarations, and none that Word knows. */
const HIDDEN = /style="display:none;font-size:1px;[^"]*"/
const HIDDEN_SHORT = 'style="display:none;max-height:0;overflow:hidden;mso-hide:all"'

/**
 * HTML as MJML printed it, made fit for mail: half the size without indentation and what no program reads; language and
 * direction on the body; no new window for places in the mail itself (it breaks the jump); no `height="auto"`, which is
 * no number. Four passes of regular expressions, since MJML's own `minify` takes half a second to load and then twice as
 * long as the compiler.
 */
export function tidyHtml(html: string): string {
  return html
    .split(KEPT)
    .map((part, index) => (index % 2 === 1 ? part : tidyPart(part)))
    .join('')
    .trim()
}

// A line break stays one: it may stand between two words, or inside a tag.
function tidyPart(html: string): string {
  const end = html.indexOf('</head>')
  return tidyHead(html.slice(0, Math.max(end, 0)), html.includes('<v:')) + tidyBody(html.slice(Math.max(end, 0)), html)
}

function tidyHead(head: string, usesVml: boolean): string {
  if (head === '') return ''
  const short = head
    .replaceAll(/[ \t\r\n]+/g, ' ')
    .replaceAll(/(<style[^>]*>)([^]*?)<\/style>/g, (_, tag: string, css: string) => `${tag}${tidyCss(css)}</style>`)
    .replaceAll(' type="text/css"', '')
    .replace('<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">', '<meta charset="utf-8">')
    .replace(' xmlns="http://www.w3.org/1999/xhtml"', '')
    .replace(/(<meta name="x-apple-disable-message-reformatting")>/, '$1 content="">')
    // HTML knows no name spaces; only Word reads what is in its comment.
    .replace(OFFICE, '')
    .replace('<o:OfficeDocumentSettings>', `<o:OfficeDocumentSettings${OFFICE}>`)
    .replace(usesVml ? '' : ' xmlns:v="urn:schemas-microsoft-com:vml"', '')
    .replaceAll(BLOCK, '$1')
  return NEEDLESS.reduce((left, pattern) => left.replaceAll(pattern, ''), short)
}

// Blanks within a selector and after `and` count; those beside these signs do not.
function tidyCss(css: string): string {
  return css
    .replaceAll(/ ?([{};,>]) ?/g, '$1')
    .replaceAll(': ', ':')
    .replaceAll(' !', '!')
    .replaceAll(';}', '}')
    .trim()
}

function tidyBody(body: string, whole: string): string {
  return body
    .replaceAll(/[ \t]*[\r\n][ \t\r\n]*/g, '\n')
    .replaceAll(/<[a-z][^>]*>/g, (tag) => tidyTag(tag, whole))
    .replaceAll(BLOCK, '$1')
    .replaceAll('&nbsp;', '\u{A0}')
    .replaceAll('&ensp;', '\u{2002}')
    .replaceAll('<!--[if mso | IE]>', '<!--[if mso]>')
    .replaceAll(/ class="(?:mj-column-per-100 mj-outlook-group-fix)?"/g, '')
    .replaceAll('<tbody>', '')
    .replaceAll('</tbody>', '')
}

// Values are escaped, so no quote or `>` stands in one.
function tidyTag(tag: string, whole: string): string {
  const short = tag
    .replaceAll(/[ \t\r\n]+/g, ' ')
    .replace(/ (?=\/?>$)/, '')
    .replace(/ style="[^"]*"/, tidyStyle)
  switch (/^<\w+/.exec(tag)?.[0]) {
    case '<a':
      return short.includes(' href="#') ? short.replace(/ target="[^"]*"/, '') : short
    case '<img':
      return short.replace(' height="auto"', '')
    case '<body':
      return short.replace('<body', `<body${/ lang="[^"]*" dir="[^"]*"/.exec(whole)?.[0] ?? ''}`)
    default:
      return short
  }
}

function tidyStyle(style: string): string {
  if (HIDDEN.test(style)) return ` ${HIDDEN_SHORT}`
  return style
    .replaceAll(/([;:]) /g, '$1')
    .replaceAll(/\b0px/g, '0')
    .replace('word-spacing:normal;', '')
    .replace(/background:(#\w+);(?=background-color:\1)/, '')
    .replace(';"', '"')
}
