import {
  type Block,
  type BlockComponents,
  type Entry,
  type Flow,
  type Inline,
  type Issue,
  loadWords,
  type Piece,
  type Section,
  type TemplateProps,
} from 'letterpress/define'
import { blocks } from './blocks/index.ts'
import { theme } from './theme.ts'

// An example has no file to point into; offsets only keep the pieces apart.
let offset = 0
const place = () => {
  const at = { line: 1, column: 1, offset: offset++ }
  return { range: { start: at, end: at } }
}

const text = (value: string): Inline => ({ type: 'text', value, ...place() })
const em = (value: string): Inline => ({ type: 'emphasis', children: [text(value)], ...place() })
const strong = (value: string): Inline => ({ type: 'strong', children: [text(value)], ...place() })
const code = (value: string): Inline => ({ type: 'inlineCode', value, ...place() })
const link = (label: string, url: string): Inline => ({ type: 'link', url, children: [text(label)], ...place() })
const cell = (value: string) => ({ children: [text(value)], ...place() })

const lines = (parts: readonly (string | Inline)[]) =>
  parts.map((part) => (typeof part === 'string' ? text(part) : part))
const p = (...parts: (string | Inline)[]): Flow => ({ type: 'paragraph', children: lines(parts), ...place() })
const prose = (...children: Flow[]): Piece => ({ type: 'prose', children, ...place() })

function block(name: string, props: Block['props'], body: Flow[] = [], actions: Block['actions'] = []): Piece {
  return { type: 'block', block: name, props, body, actions, ...place() }
}

function entry(number: string, arxiv: string, title: string, body: Flow[], after: Piece[] = []): Entry {
  const meta = { arxiv, ...(number === '1.1' ? { authors: ['Gemini Team'], venue: 'Google' } : {}) }
  const url = `https://arxiv.org/abs/${arxiv}`
  return { id: `entry-${arxiv}`, number, title: [text(title)], titleText: title, url, meta, body, after, ...place() }
}

function section(number: string, title: string, intro: Piece[], entries: Entry[]): Section {
  return { id: `section-${number}`, number, title: [text(title)], titleText: title, intro, entries, ...place() }
}

const table: Flow = {
  type: 'table',
  align: [null, 'right', 'right'],
  header: ['Test', 'Before', 'After'].map(cell),
  rows: [['GSM8K', '5.9%', '10.9%'].map(cell), ['CommonsenseQA', '36.3%', '47.2%'].map(cell)],
  ...place(),
}

const list: Flow = {
  type: 'list',
  ordered: false,
  start: 1,
  items: [
    { children: [p('Price the ', strong('whole'), ' answer, thoughts included.')], ...place() },
    { children: [p('Compare with plain prompting on your own questions.')], ...place() },
  ],
  ...place(),
}

const opening = [
  prose(
    p(
      'Hello ',
      { type: 'slot', name: 'subscriber.name', fallback: 'there', ...place() },
      ', here are four papers from the week of 11 March. Two of them are about thrift: one team reads a whole layer out of two production models for less than the price of lunch for two.',
    ),
    p('Short of time? Read ', em('Quiet-STaR'), ' for the idea.'),
  ),
  block('toc', { depth: 1 }),
  block(
    'promo',
    { title: 'Language models on one page each', url: 'https://example.com/book', action: 'Read a chapter' },
    [p('Forty drawings, no equations. The first chapter is free for readers of this letter.')],
  ),
]

const sections = [
  section(
    '1',
    'Progress and benchmarking',
    [prose(p('New models, and one very cheap break-in.'))],
    [
      entry(
        '1.1',
        '2403.05530',
        'Gemini 1.5: Unlocking multimodal understanding across millions of tokens of context',
        [
          p(
            'How much can a model hold in view before things start to slip? The authors report recall above 99% up to at least 10 million tokens.',
          ),
          p(
            'With that much room, the first question is no longer ',
            em('which passages do I retrieve?'),
            ' but whether to retrieve at all. Try ',
            link('your own documents', 'https://example.com/long'),
            ' before you switch off the index.',
          ),
        ],
      ),
      entry('1.2', '2403.06634', 'Stealing Part of a Production Language Model', [
        p(
          'The haul: the full projection matrix of two small production models, for under $20. Its shape gave away the hidden dimensions, ',
          code('1024'),
          ' and ',
          code('2048'),
          '.',
        ),
        {
          type: 'blockquote',
          children: [p('At this price, finding it out is no longer a question of budget.')],
          ...place(),
        },
      ]),
    ],
  ),
  section(
    '2',
    'Reasoning',
    [],
    [
      entry('2.1', '2403.09629', 'Quiet-STaR: Language Models Can Teach Themselves to Think Before Speaking', [
        p('A pause before the answer helps people, and this paper teaches it to a language model.'),
        table,
        p('Watch the bill, too:'),
        list,
      ]),
      entry(
        '2.2',
        '2403.06504',
        'Adding NVMe SSDs to Enable and Accelerate 100B Model Fine-tuning on a Single GPU',
        [
          p('One RTX 4090 and some fast disks are enough to fine-tune 175B parameters.'),
          { type: 'code', language: 'sh', value: 'finetune --model 175b --offload nvme:/fast --batch 32', ...place() },
        ],
        [block('note', { title: 'Disks wear out', tone: 'info' }, [p('Check the endurance rating of yours first.')])],
      ),
    ],
  ),
]

const closing = [
  prose(p('That is all for this week. Reply to this mail; a person reads it.')),
  block(
    'mentoring',
    { title: 'Start a career in data science' },
    [p('One-to-one sessions and long-term mentoring.')],
    [
      { label: 'Book a session', url: 'https://example.com/session' },
      { label: 'Long-term mentoring', url: 'https://example.com/long-term' },
    ],
  ),
]

const issue: Issue = {
  id: 'example',
  slug: 'example',
  file: 'issues/example.md',
  title: 'Important LLM papers of the week',
  subtitle: 'A stolen layer, a model that thinks before it speaks, and two more',
  number: 11,
  author: 'Ada Example',
  period: { from: '2024-03-11', to: '2024-03-17', week: '2024-W11' },
  subject: [],
  preheader: [
    {
      type: 'text',
      value: 'Gemini recalls details across ten million tokens, and a layer is stolen for $20.',
      ...place(),
    },
  ],
  tags: [],
  draft: false,
  allow: {},
  opening,
  sections,
  closing,
  places: {},
}

/** What a template shows without props, in React Email's own preview for one: an issue with one of everything. */
export const example: TemplateProps = {
  issue,
  newsletter: {
    name: 'LLM Papers Weekly',
    url: 'https://news.example.com',
    postalAddress: '1 Example Street, Exampletown',
    reason: 'You signed up at news.example.com.',
  },
  theme,
  words: loadWords('en'),
  language: 'en',
  direction: 'ltr',
  blocks: Object.fromEntries(blocks.map(({ name, Component }) => [name, Component])) as BlockComponents,
  archiveUrl: 'https://news.example.com/issues/example/',
}
