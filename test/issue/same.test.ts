import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readSound, withoutPlaces } from './read.ts'

const MARKDOWN = `---
title: Papers of the "week"
week: 2024-W11
subject: "Hi {{ subscriber.name | default: 'you' }}: $x^2$"
tags: [a, b]
language: en
---
Hello {{ subscriber.name }}, "five" papers[^n].

[^n]: A *note*.

::toc{depth=2}

::promo{name="ebook"}

Between the blocks.

## Progress & [more](https://example.com/more)

An introduction.

::toc

### [Gemini $\\pi$](https://example.com/gemini)
::meta{authors="Ada Example, Alan Example" arxiv="2403.05530"}

Body with \`code\`, $O(n^2)$ and 5--6.

- [ ] a
- b

:::note{tone="warning"}
Careful.
:::

Afterwards.

### 1. Second

---

Bye.

:::mentoring{title="Start"}
One to one.
- [Book](https://example.com/book)
:::
`

const YAML = `
title: Papers of the "week"
week: 2024-W11
subject: "Hi {{ subscriber.name | default: 'you' }}: $x^2$"
tags: [a, b]
language: en
intro: |
  Hello {{ subscriber.name }}, "five" papers[^n].

  [^n]: A *note*.
blocks:
  - { type: toc, depth: 2 }
  - type: promo
    name: ebook
  - Between the blocks.
sections:
  - title: Progress & [more](https://example.com/more)
    intro: An introduction.
    blocks: [{ type: toc }]
    entries:
      - title: Gemini $\\pi$
        url: https://example.com/gemini
        authors: [Ada Example, Alan Example]
        arxiv: "2403.05530"
        body: |
          Body with \`code\`, $O(n^2)$ and 5--6.

          - [ ] a
          - b
        after:
          - type: note
            tone: warning
            body: Careful.
          - Afterwards.
      - title: 1. Second
closing:
  body: Bye.
  blocks:
    - type: mentoring
      title: Start
      body: One to one.
      actions: [{ label: Book, url: https://example.com/book }]
`

test('the same issue in Markdown, YAML and JSON gives the same tree but for places', async () => {
  const markdown = withoutPlaces(await readSound(MARKDOWN))
  expect(withoutPlaces(await readSound(YAML, 'issues/test.yaml'))).toEqual(markdown)
  expect(withoutPlaces(await readSound(YAML, 'issues/test.yml'))).toEqual(markdown)
  expect(withoutPlaces(await readSound(JSON.stringify(parse(YAML), null, 2), 'issues/test.json'))).toEqual(markdown)
})

test('line ends make no difference', async () => {
  const markdown = withoutPlaces(await readSound(MARKDOWN))
  expect(withoutPlaces(await readSound(MARKDOWN.replaceAll('\n', '\r\n')))).toEqual(markdown)
  expect(withoutPlaces(await readSound(MARKDOWN.replaceAll('\n', '\r')))).toEqual(markdown)
  const yaml = withoutPlaces(await readSound(YAML, 'issues/test.yaml'))
  expect(withoutPlaces(await readSound(YAML.replaceAll('\n', '\r\n'), 'issues/test.yaml'))).toEqual(yaml)
})
