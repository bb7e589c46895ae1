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

const text = (value: string) => ({ type: 'text', value, ...place() }) as const

/** Text with `*emphasis*`, `` `code` `` and `{slot|fallback}`. */
function line(source: string): Inline[] {
  return source.split(/(\*[^*]+\*|`[^`]+`|\{[^}]+\})/).map((part) => {
    const inside = part.slice(1, -1)
    if (part.startsWith('*')) return { type: 'emphasis', children: [text(inside)], ...place() }
    if (part.startsWith('`')) return { type: 'inlineCode', value: inside, ...place() }
    const [name = '', fallback = ''] = inside.split('|')
    return part.startsWith('{') ? { type: 'slot', name, fallback, ...place() } : text(part)
  })
}

const p = (source: string): Flow => ({ type: 'paragraph', children: line(source), ...place() })
const prose = (...children: Flow[]): Piece => ({ type: 'prose', children, ...place() })
const cells = (...values: string[]) => values.map((value) => ({ children: line(value), ...place() }))

function block(name: string, props: Block['props'], body: Flow[] = [], actions: Block['actions'] = []): Piece {
  return { type: 'block', block: name, props, body, actions, ...place() }
}

function entry(number: string, arxiv: string, title: string, body: Flow[], after: Piece[] = []): Entry {
  const head = {
    number,
    title: [text(title)],
    titleText: title,
    url: `https://arxiv.org/abs/${arxiv}`,
    meta: { arxiv },
  }
  return { id: `paper-${arxiv}`, ...head, body, after, ...place() }
}

function section(number: string, title: string, intro: Piece[], entries: Entry[]): Section {
  return { id: `section-${number}`, number, title: [text(title)], titleText: title, intro, entries, ...place() }
}

const quote: Flow = {
  type: 'blockquote',
  children: [p('At this price it is no longer a question of budget.')],
  ...place(),
}
const code: Flow = { type: 'code', language: 'sh', value: 'finetune --model 175b --offload nvme:/fast', ...place() }
const points = ['Price the *whole* answer, thoughts included.', 'Compare with plain prompting on your own questions.']
const items = points.map((point) => ({ children: [p(point)], ...place() }))
const list: Flow = { type: 'list', ordered: false, start: 1, items, ...place() }
const rows = [cells('GSM8K', '5.9%', '10.9%'), cells('CommonsenseQA', '36.3%', '47.2%')]
const header = cells('Test', 'Before', 'After')
const table: Flow = { type: 'table', align: [null, 'right', 'right'], header, rows, ...place() }

const opening = [
  prose(
    p('Hello {subscriber.name|there}, here are four papers from the week of 11 March. Two of them are about thrift.'),
    p('Short of time? Read *Quiet-STaR* for the idea and the second paper for the plot.'),
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
          p('How much can a model hold in view? The authors report recall above 99% up to at least 10 million tokens.'),
          p(
            'With that much room, the first question is no longer *which passages do I retrieve?* but whether to retrieve.',
          ),
        ],
      ),
      entry('1.2', '2403.06634', 'Stealing Part of a Production Language Model', [
        p('The projection matrix of two production models, for under $20. Its shape gave away `1024` and `2048`.'),
        quote,
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
        [p('One RTX 4090 and some fast disks are enough to fine-tune 175B parameters.'), code],
        [block('note', { title: 'Disks wear out', tone: 'info' }, [p('Check the endurance rating of yours first.')])],
      ),
    ],
  ),
]

const actions = [
  { label: 'Book a session', url: 'https://example.com/session' },
  { label: 'Long-term mentoring', url: 'https://example.com/long-term' },
]
const invitation = [p('One-to-one sessions and long-term mentoring.')]

const issue: Issue = {
  id: 'example',
  slug: 'example',
  file: 'issues/example.md',
  title: 'Important LLM papers of the week',
  subtitle: 'A stolen layer, a model that thinks before it speaks, and two more',
  number: 11,
  author: 'Ada Example',
  period: { from: '2024-03-11', to: '2024-03-17', week: '2024-W11' },
  subject: [text('A layer stolen for under $20, and three more LLM papers')],
  preheader: [text('Gemini recalls details across ten million tokens, and a layer is stolen for $20.')],
  tags: [],
  draft: false,
  allow: {},
  opening,
  sections,
  closing: [
    prose(p('That is all for this week. Reply to this mail; a person reads it.')),
    block('mentoring', { title: 'Start a career in data science' }, invitation, actions),
  ],
  places: {},
}

const url = 'https://news.example.com'

/** What a template shows without props, in React Email's own preview for one: an issue with one of everything. */
export const example: TemplateProps = {
  issue,
  newsletter: {
    name: 'LLM Papers Weekly',
    url,
    postalAddress: '1 Example Street, Exampletown',
    reason: 'You signed up at news.example.com.',
  },
  theme,
  words: loadWords('en'),
  language: 'en',
  direction: 'ltr',
  blocks: Object.fromEntries(blocks.map(({ name, Component }) => [name, Component])) as BlockComponents,
  archiveUrl: `${url}/issues/example/`,
}

/** Props with what is missing from the example. An issue of its own takes no archive page from it: no address is true. */
export function completeProps(props: Partial<TemplateProps>): TemplateProps {
  if (props.issue === undefined) return { ...example, ...props }
  const { archiveUrl: _, ...rest } = example
  return { ...rest, ...props }
}
