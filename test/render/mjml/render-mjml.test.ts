import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { blocks } from '../../../emails/blocks/index.ts'
import type { Diagnostic } from '../../../src/base/index.ts'
import { RenderFailure } from '../../../src/render/failure.ts'
import { fillSlots, splitSlots } from '../../../src/render/index.ts'
import { renderMjml } from '../../../src/render/mjml/render-mjml.ts'
import { mail } from './mail.ts'

let root: string

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'letterpress-mjml-'))
})
afterAll(() => {
  rmSync(root, { recursive: true })
})

async function render(template: string, props = mail()): Promise<string> {
  const file = join(root, 'test.mjml')
  writeFileSync(file, template)
  return await renderMjml(file, props, blocks, { root, builtIn: root, load: { cacheFolder: root } })
}

/** A template around pieces of a body; the pieces begin in line 4. */
function frame(...lines: string[]): string {
  return `<mjml><mj-head><mj-title>Test</mj-title></mj-head><mj-body>
<mj-section>
<mj-column>
${lines.join('\n')}
</mj-column>
</mj-section>
</mj-body></mjml>`
}

async function diagnoseAll(template: string): Promise<readonly [Diagnostic, ...Diagnostic[]]> {
  const failure = await render(template).then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(RenderFailure)
  const { diagnostics } = failure as RenderFailure
  for (const { file, message, hint } of diagnostics) {
    expect(file).toBe('test.mjml')
    expect(`${message}${hint}`).not.toMatch(/\bat .*:\d+:\d+|node_modules|\n/)
  }
  return diagnostics
}

/** The one thing that is wrong. */
async function diagnose(template: string): Promise<Diagnostic> {
  const [diagnostic, ...others] = await diagnoseAll(template)
  expect(others).toEqual([])
  return diagnostic
}

function placeOf({ range }: Diagnostic): string | undefined {
  return range && `${range.start.line}:${range.start.column}-${range.end.column}`
}

describe('a template that does not work', () => {
  test('an unknown tag is named with its place', async () => {
    const diagnostic = await diagnose(frame('<mj-text>a</mj-text>', '  <mj-txt>b</mj-txt>'))
    expect(diagnostic.code).toBe('render/invalid-mjml')
    expect(diagnostic.message).toContain("<mj-txt>: Element mj-txt doesn't exist or is not registered.")
    expect(placeOf(diagnostic)).toBe('5:3-10')
  })

  test('a tag in the wrong place is found behind a loop that made many lines', async () => {
    const loop = '{% for part in issue.parts %}\n<mj-text>{{ part.title }}</mj-text>\n\n{% endfor %}'
    const diagnostic = await diagnose(frame(loop, loop, '<mj-section></mj-section>'))
    expect(diagnostic.message).toContain('mj-section cannot be used inside mj-column')
    expect(placeOf(diagnostic)).toBe('12:1-12')
  })

  test('a fault inside a loop leads to the line of the template that is repeated', async () => {
    const diagnostic = await diagnose(
      frame('{% for i in (1..3) %}', '<mj-text>{{ i }}</mj-text>', '<mj-text colour="red">b</mj-text>', '{% endfor %}'),
    )
    expect(diagnostic.message).toContain('<mj-text>: Attribute colour is illegal.')
    expect(placeOf(diagnostic)).toBe('6:1-9')
  })

  test('everything that is wrong is told, each with its own place', async () => {
    const all = await diagnoseAll(
      frame('<mj-text colour="red">a</mj-text>', '<mj-txt>b</mj-txt>', '<mj-text colour="red">c</mj-text>'),
    )
    expect(all.map(({ message }) => /<[\w-]+>/.exec(message)?.[0])).toEqual(['<mj-text>', '<mj-txt>', '<mj-text>'])
    expect(all.map(placeOf)).toEqual(['4:1-9', '5:1-8', '6:1-9'])
  })

  test('a value of the wrong kind is a fault', async () => {
    const diagnostic = await diagnose(frame('<mj-text font-size="{{ issue.title }}">a</mj-text>'))
    expect(diagnostic.message).toContain('Attribute font-size has invalid value: A test')
    expect(placeOf(diagnostic)).toBe('4:1-9')
  })

  test.for(['', 'no tags at all', '<mjml></mjml>'])('%j is no template', async (template) => {
    expect((await diagnose(template)).code).toBe('render/invalid-mjml')
  })

  test('an unfinished tag of Liquid has a place', async () => {
    const diagnostic = await diagnose(frame('<mj-text>{{ issue.title </mj-text>'))
    expect(diagnostic.code).toBe('render/liquid-failed')
    expect(diagnostic.message).toContain('not closed')
    expect(placeOf(diagnostic)).toMatch(/^4:10-/)
  })

  test('a loop that is not closed has the place where it was opened', async () => {
    const diagnostic = await diagnose(frame('{% for part in issue.parts %}'))
    expect(diagnostic.message).toContain('not closed')
    expect(placeOf(diagnostic)).toBe('4:1-30')
  })

  test('an unknown tag of Liquid is an error', async () => {
    const diagnostic = await diagnose(frame('{% fro x in issue.parts %}'))
    expect(diagnostic.message).toBe('This Liquid cannot be run: tag "fro" not found.')
    expect(placeOf(diagnostic)).toBe('4:1-27')
  })

  test('an unknown filter is an error with the nearest name', async () => {
    const diagnostic = await diagnose(frame('<mj-text>{{ issue.title | upcas }}</mj-text>'))
    expect(diagnostic.message).toBe('This Liquid cannot be run: undefined filter: upcas.')
    expect(diagnostic.hint).toBe('Did you mean "upcase"?')
    expect(placeOf(diagnostic)).toBe('4:10-35')
  })

  test('an unknown name is an error with the nearest name', async () => {
    const diagnostic = await diagnose(frame('<mj-text>{{ issue.titel }}</mj-text>'))
    expect(diagnostic.message).toBe('This Liquid cannot be run: undefined variable: issue.titel.')
    expect(diagnostic.hint).toBe('Did you mean "issue.title"?')
    expect(placeOf(diagnostic)?.startsWith('4:13')).toBe(true)
  })

  test('a value without text of its own cannot be printed', async () => {
    expect((await diagnose(frame('<mj-text>{{ issue }}</mj-text>'))).message).toContain('cannot be printed')
    expect((await diagnose(frame('<mj-text>{{ subscriber }}</mj-text>'))).message).toContain('cannot be printed')
  })

  test.for([
    '{% include "/etc/passwd" %}',
    '{% render "classic" %}',
    '{% layout "base.mjml" %}',
    '{% block a %}x{% endblock %}',
  ])('no other file is read: %s', async (tag) => {
    const diagnostic = await diagnose(frame(`<mj-text>${tag}</mj-text>`))
    expect(diagnostic.code).toBe('render/liquid-failed')
    expect(diagnostic.message).toContain('a template is one file')
    expect(placeOf(diagnostic)?.startsWith('4:10')).toBe(true)
  })

  test('no other file is read by mj-include either', async () => {
    const diagnostic = await diagnose(frame('<mj-include path="/etc/passwd" type="html" />'))
    expect(diagnostic.code).toBe('render/invalid-mjml')
    expect(diagnostic.message).toContain('a template is one file')
    expect(placeOf(diagnostic)).toBe('4:1-12')
  })

  test('a loop without end is stopped', async () => {
    const loop =
      '{% for a in (1..9000) %}{% for b in (1..9000) %}{% for c in (1..9000) %}x{% endfor %}{% endfor %}{% endfor %}'
    expect((await diagnose(frame(loop))).message).toMatch(/limit exceeded/)
  })
})

describe('a slot in a template', () => {
  const fill = async (template: string, values: Record<string, string>) =>
    fillSlots(splitSlots(await render(frame(`<mj-text>${template}</mj-text>`))), values, 'html')

  test('takes the reader’s value, or the text after default', async () => {
    const template = 'Hello {{ subscriber.name | default: "you there" }}.'
    expect(await fill(template, { 'subscriber.name': '<Max & Co>' })).toContain('Hello &lt;Max &amp; Co&gt;.')
    expect(await fill(template, {})).toContain('Hello you there.')
  })

  test('may be a column of the list, assigned, captured, escaped and in an attribute', async () => {
    expect(await fill('{{ subscriber.fields.city }}', { 'subscriber.fields.city': 'Cork' })).toContain('>Cork<')
    expect(await fill('{% assign a = webUrl %}<a href="{{ a }}">x</a>', { webUrl: 'https://a/?b&c' })).toContain(
      'href="https://a/?b&amp;c"',
    )
    expect(await fill('{% capture a %}{{ webUrl | escape }}{% endcapture %}{{ a }}', { webUrl: 'W' })).toContain('>W<')
  })

  test.for([
    '{% if subscriber.name %}a{% endif %}',
    '{% if true and subscriber.name %}a{% endif %}',
    '{% unless unsubscribeUrl %}a{% endunless %}',
    '{% if subscriber.name == "Ada" %}a{% endif %}',
    '{% if "Ada" == subscriber.name %}a{% endif %}',
    '{% if subscriber.name contains "A" %}a{% endif %}',
    '{% if subscriber.name > 1 %}a{% endif %}',
    '{% case subscriber.language %}{% when "en" %}a{% endcase %}',
    '{% for letter in subscriber.name %}a{% endfor %}',
    '{{ subscriber.name | upcase }}',
    '{{ subscriber.name | size }}',
    '{{ "Hello " | append: subscriber.name }}',
    '{{ subscriber.name | default: "a" | split: "" }}',
    '{{ subscriber.name.size }}',
    '{{ issue.title | default: "x" | append: webUrl }}',
    '{% assign x = subscriber.name | strip %}',
  ])('can only be printed: %s', async (template) => {
    const diagnostic = await diagnose(frame(`<mj-text>${template}</mj-text>`))
    expect(diagnostic.code).toBe('render/liquid-failed')
    expect(diagnostic.message).toContain('a slot can only be printed')
    expect(placeOf(diagnostic)?.startsWith('4:')).toBe(true)
  })

  test('must have a known name', async () => {
    const diagnostic = await diagnose(frame('<mj-text>{{ subscriber.nmae }}</mj-text>'))
    expect(diagnostic.code).toBe('render/unknown-slot')
    expect(diagnostic.message).toBe('No slot is named "subscriber.nmae".')
    expect(placeOf(diagnostic)?.startsWith('4:')).toBe(true)
  })
})

describe('text in a template', () => {
  const withTitle = (title: string) => {
    const props = mail()
    return { ...props, issue: { ...props.issue, title } }
  }

  test.for([
    '{{ issue.title }}',
    '{{ issue.title | raw }}',
    '{{ issue.title | escape }}',
    '{% echo issue.title %}',
    '{% capture t %}{{ issue.title }}{% endcapture %}{{ t }}',
  ])('is escaped once: %s', async (template) => {
    const html = await render(frame(`<mj-text>${template}</mj-text>`), withTitle('</mj-text> & {{ 7 | times: 7 }}'))
    expect(html).toContain('>&lt;/mj-text&gt; &amp; {{ 7 | times: 7 }}<')
  })

  test('keeps the white space of code and loses the indentation of the frame', async () => {
    const html = await render(frame('<mj-text>', '    <pre>a\n    b\n\n  c</pre>', '    d', '</mj-text>'))
    expect(html).toContain('<pre>a\n    b\n\n  c</pre>\nd')
  })

  test('opens no window for a place in the mail itself', async () => {
    const html = await render(
      frame('<mj-button href="#a">A</mj-button><mj-button href="https://example.com">B</mj-button>'),
    )
    expect(html.match(/target=/g)).toHaveLength(1)
  })

  test('asks for no font from elsewhere', async () => {
    const html = await render(frame('<mj-text font-family="Roboto, Ubuntu">a</mj-text>'))
    expect(html).not.toMatch(/<link|@import|fonts\.googleapis/)
  })

  test('has no way to the prototypes of objects', async () => {
    const diagnostic = await diagnose(frame('<mj-text>{{ issue.constructor }}</mj-text>'))
    expect(diagnostic.message).toContain('undefined variable: issue.constructor')
  })
})
