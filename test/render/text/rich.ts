/** An issue with one of everything that a text part tells. */
export const RICH = `---
title: Everything an issue can hold, in one that nobody will ever send to anybody
subtitle: For the text part
number: 12
author: Ada Example
week: 2024-W11
---
Hello {{ subscriber.name | default: "there" }}, this paragraph is long enough to be wrapped, has a [link](https://example.com/one), **bold**, *soft* and \`code\`, and ends with a footnote.[^1]

[^1]: A note with its own [link](https://example.com/note).

::toc{depth=2}

::promo{title="Build a portfolio" url="https://example.com/ebook" action="Get the e-book"}

## Progress and benchmarking

An introduction of the section, with an address: <https://example.com/plain>.

### [Gemini 1.5: Unlocking multimodal understanding across millions of tokens of context](https://arxiv.org/abs/2403.05530)
::meta{authors="Gemini Team, Ada Example" arxiv="2403.05530"}

- first
- second, which is long enough that it has to go on in another line below its own text
  1. inner one
  2. inner two
- [x] done
- [ ] not done

| Model | Context | Score |
|:--|--:|:-:|
| A | 1,000 | 71.9 |
| 日本語 | 20 | 8 |

| Question | Answer |
|---|---|
| Why? | Since a table wider than the page is told row by row, each value after its name, as this one is. |

> A quote that is long enough to be wrapped, of which every line has its mark at the beginning.
>
> > And one within.

\`\`\`python
def f(x):
    return x ** 2  # a line of code that is longer than seventy-two cells and stays as it is
\`\`\`

#### A heading inside

日本語の文章は空白がなくても折り返されます。「かぎ括弧」や、句読点は、行の先頭に来ません。長い文章を書いて確かめます。

هذه فقرة عربية طويلة بما يكفي لتلتف على أكثر من سطر واحد في الجزء النصي من الرسالة، مع رابط [هنا](https://example.com/ar).

First line\\
second line, and $E = mc^2$.

### Second entry

Text with ![an image](https://example.com/a.png) in it, and a link that is long: [this one](https://example.com/${'very-long-path/'.repeat(8)}).

:::note{title="Mind"}
A note with a [link](https://example.com/in-note).
:::

---
Closing words.

:::mentoring{title="Start a career"}
One to one.

- [Book a session](https://example.com/session)
- [Long-term mentoring](https://example.com/long-term)
:::
`
