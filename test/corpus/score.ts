/**
 * Measures the checks by a corpus that was written before them, by somebody who had not seen them: cases with one seeded
 * defect each, and sound ones near the edges of the rules. `node scripts/run.js test/corpus/score.ts` prints the score.
 *
 * `X.md`, `X.yaml` is an issue, `X.html` a built mail (`X.txt` its text part, else the words of the HTML), `X.eml` a message
 * whose expectations stand in `X.expect` (`rule Field`, `rule body`, `rule missing`). A faulty line ends in
 * `<!-- expect: rule -->` or `# expect: rule`; `expect above` is about the line before, `expect first` about the whole
 * file, so a finding of that rule at any place answers it: many are more exact than line 1.
 *
 * What the reader of issue files says at that line, by a code that the rule leaves to it (`saidBy`), answers as well and
 * is counted apart. What we chose not to report stands in ACCEPTED and is never counted as found.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { type Diagnostic, parseMailbox } from '../../src/base/index.ts'
import { type Finding, type NewsletterFacts, RULES, runChecks } from '../../src/check/index.ts'
import { type IssueOptions, parseIssue } from '../../src/issue/index.ts'
import type { Message } from '../../src/message/index.ts'
import { loadBlocks, renderIssue } from '../../src/render/index.ts'
import { makeIssue, makeRendered, SAMPLE } from '../check/make.ts'
import { OPTIONS, ROOT } from '../check/render-options.ts'

const FOLDER = 'test/corpus/checks'
const ADDRESS = '1 Example Street, Exampletown'
const MARKS = /[ \t]*(?:<!-- |# )expect(?: (above|first))?: ([a-z-]+(?:, [a-z-]+)*)(?: -->)?[ \t]*(?=$|<!-- expect)/g

/** Defects that a rule passes over by choice: `case rule`, with the reason. */
const ACCEPTED: Readonly<Record<string, string>> = {
  'fixed-width.wide-wrapper.html fixed-width': 'A cell shrinks with its table, whatever width it names.',
  'image-alt.linked-logo.html link-text': 'image-alt tells of it at the same place; one finding is enough.',
  'link-local.preview-left.md link-insecure': 'link-local tells of it at the same place; one finding is enough.',
}

/** A finding that a case asks for. `place` is a line, a field of the head, `any`, `body` or `missing`. */
interface Expected {
  readonly rule: string
  readonly place: string
}

export interface CaseResult {
  readonly name: string
  readonly expected: readonly Expected[]
  /** That nothing answers and no choice of ours explains. */
  readonly missed: readonly Expected[]
  /** That only the reader of issue files tells of. */
  readonly told: readonly Expected[]
  readonly accepted: readonly Expected[]
  readonly findings: readonly Finding[]
}

/** @param part - `open` was there while the rules were written, `held` was read by nobody until they were done. */
export async function scoreCorpus(part: 'open' | 'held'): Promise<CaseResult[]> {
  const folder = join(FOLDER, part)
  const names = readdirSync(folder).filter((name) => /\.(?:md|yaml|html|eml)$/.test(name))
  return await Promise.all(names.map(async (name) => await checkCase(folder, name)))
}

async function checkCase(folder: string, name: string): Promise<CaseResult> {
  const raw = readFileSync(join(folder, name))
  const { source, expected } = name.endsWith('.eml') ? readMessage(folder, name, raw) : takeMarks(raw.toString())
  const { findings, diagnostics = [] } = await findIn(folder, name, source, raw)
  const silent = expected.filter((wanted) => !findings.some((found) => answers(found, wanted)))
  const told = silent.filter((wanted) => diagnostics.some((diagnostic) => tells(diagnostic, wanted)))
  const rest = silent.filter((wanted) => !told.includes(wanted))
  const accepted = rest.filter(({ rule }) => `${name} ${rule}` in ACCEPTED)
  const missed = rest.filter((wanted) => !accepted.includes(wanted))
  return { name, expected, missed, told, accepted, findings }
}

function takeMarks(text: string): { source: string; expected: Expected[] } {
  const expected: Expected[] = []
  const lines = text.split('\n').map((line, index) =>
    line.replaceAll(MARKS, (_, where: string | undefined, rules: string) => {
      const place = where === 'first' ? 'any' : where === 'above' ? index : index + 1
      for (const rule of rules.split(', ')) expected.push({ rule, place: String(place) })
      return ''
    }),
  )
  return { source: lines.join('\n'), expected }
}

function readMessage(folder: string, name: string, raw: Buffer): { source: string; expected: Expected[] } {
  const file = join(folder, name.replace(/\.eml$/, '.expect'))
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  const expected = lines.flatMap((line) => {
    const [rule = '', place = ''] = line.trim().split(/\s+/)
    return rule === '' ? [] : [{ rule, place }]
  })
  return { source: raw.toString('latin1'), expected }
}

interface Found {
  readonly findings: Finding[]
  readonly diagnostics?: readonly Diagnostic[]
}

async function findIn(folder: string, name: string, source: string, raw: Buffer): Promise<Found> {
  switch (extname(name)) {
    case '.eml':
      return { findings: checkMessage(raw) }
    case '.html':
      return { findings: checkMail(source, join(folder, name.replace(/\.html$/, '.txt'))) }
    default:
      return await checkIssue(source, join(folder, name))
  }
}

const newsletter: NewsletterFacts = {
  name: 'LLM Papers Weekly',
  from: parseMailbox('Ada Example <ada@news.example.com>') ?? { name: '', address: '' as never },
  url: 'https://news.example.com',
  postalAddress: ADDRESS,
}
const RENDER = { ...OPTIONS, newsletter: { ...OPTIONS.newsletter, postalAddress: ADDRESS } }
const sample = { ...SAMPLE, preferencesUrl: 'https://news.example.com/preferences/1' }

async function checkIssue(source: string, file: string): Promise<Found> {
  const options: IssueOptions = { root: ROOT, blocks: await loadBlocks(OPTIONS.sources) }
  const { issue, diagnostics } = await parseIssue(source, file, options)
  if (!issue) throw new Error(`${file} is no issue: ${diagnostics.map(({ code }) => code).join(', ')}`)
  const { rendered, diagnostics: more } = await renderIssue(issue, RENDER)
  const known = [...diagnostics, ...more]
  if (!rendered) throw new Error(`${file} cannot be rendered: ${known.map(({ code }) => code).join(', ')}`)
  const values = rendered.archiveUrl === undefined ? sample : { ...sample, webUrl: rendered.archiveUrl }
  const findings = runChecks({ issue, newsletter, source, rendered, sample: values, diagnostics: known })
  return { findings, diagnostics: known }
}

function checkMail(source: string, textFile: string): Finding[] {
  const text = existsSync(textFile)
    ? readFileSync(textFile, 'utf8')
    : `${readWords(source)}\n{{unsubscribeUrl}}\n${ADDRESS}`
  return runChecks({ issue: makeIssue(), newsletter, rendered: makeRendered(source, { text }), sample })
}

function readWords(html: string): string {
  return html
    .replaceAll(/<!--[\s\S]*?-->|<(style|script|title)\b[\s\S]*?<\/\1>|<[^>]*>/g, ' ')
    .replaceAll(
      /&(amp|lt|gt|quot|nbsp);/g,
      (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? ' ',
    )
}

function checkMessage(raw: Buffer): Finding[] {
  const message = { raw } as Message
  const rendered = makeRendered('<p><a href="{{unsubscribeUrl}}">Unsubscribe</a></p>')
  const found = runChecks({ issue: makeIssue(), newsletter, rendered, sample, message })
  // Of a message alone there is no built mail to look at.
  return found.filter(({ part }) => part === 'headers' || part === 'message')
}

function answers({ rule, range, position, part, excerpt = '' }: Finding, wanted: Expected): boolean {
  if (rule !== wanted.rule) return false
  if (wanted.place === 'any') return true
  if (/^\d+$/.test(wanted.place)) return ((range?.start ?? position)?.line ?? 1) === Number(wanted.place)
  if (wanted.place === 'missing') return part === 'headers'
  if (wanted.place === 'body') return part === 'message'
  return excerpt.toLowerCase().startsWith(`${wanted.place.toLowerCase()}:`)
}

function tells({ code, range }: Diagnostic, wanted: Expected): boolean {
  const { saidBy = [] }: { readonly saidBy?: readonly string[] } = RULES.find(({ id }) => id === wanted.rule) ?? {}
  return saidBy.includes(code) && String(range?.start.line) === wanted.place
}

if (process.argv[1]?.endsWith('score.ts')) {
  const parts = process.argv[2] === 'open' ? (['open'] as const) : (['open', 'held'] as const)
  for (const part of parts) {
    const results = await scoreCorpus(part)
    const wanted = results.flatMap(({ expected }) => expected)
    const missed = results.filter((result) => result.missed.length > 0)
    const clean = results.filter(({ expected }) => expected.length === 0)
    const noisy = clean.filter(({ findings }) => findings.length > 0)
    const told = results.flatMap((result) => result.told)
    const accepted = results.flatMap((result) => result.accepted.map(({ rule }) => `${result.name} ${rule}`))
    const found = wanted.length - results.flatMap((result) => result.missed).length - accepted.length
    const errors = clean.filter(({ findings }) => findings.some(({ severity }) => severity === 'error'))
    console.log(
      `${part}: ${found} of ${wanted.length} defects found at their place (${told.length} of them told by the reader of issue files), ${accepted.length} passed over by choice; ${clean.length} sound cases, ${noisy.length} with findings, ${errors.length} with errors`,
    )
    if (part === 'held' && process.argv[2] !== 'all') continue
    for (const name of accepted) console.log(`  by choice ${name}: ${ACCEPTED[name]}`)
    for (const { name, missed: gone, findings } of missed) {
      console.log(
        `  missed ${name}: ${gone.map(({ rule, place }) => `${rule} at ${place}`).join(', ')}; found ${findings.map((f) => `${f.rule}@${String((f.range?.start ?? f.position)?.line ?? 1)}`).join(', ')}`,
      )
    }
    for (const { name, findings } of noisy) {
      for (const f of findings)
        console.log(
          `  noise in ${name}: ${f.severity} ${f.rule}@${String((f.range?.start ?? f.position)?.line ?? 1)} ${f.message}`,
        )
    }
    const extra = results.flatMap(({ name, expected, findings }) =>
      expected.length === 0
        ? []
        : findings
            .filter((f) => !expected.some((wanted2) => wanted2.rule === f.rule))
            .map((f) => `${name}: ${f.rule}@${String((f.range?.start ?? f.position)?.line ?? 1)} ${f.message}`),
    )
    if (process.argv[2] !== undefined) for (const line of extra) console.log(`  besides in ${line}`)
  }
}
