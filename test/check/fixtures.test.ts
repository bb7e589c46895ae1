import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Finding, RULES, runChecks } from '../../src/check/index.ts'
import { parseIssue } from '../../src/issue/index.ts'
import type { Message } from '../../src/message/index.ts'
import { loadBlocks, renderIssue } from '../../src/render/index.ts'
import { makeEntry, makeIssue, makeRendered, makeSection, NEWSLETTER, SAMPLE, UNSUBSCRIBE, wholeMail } from './make.ts'
import { OPTIONS, ROOT } from './render-options.ts'

/*
 * A fixture is `<rule>.<anything>.md` or `.yaml` (an issue) or `.html` (what a template built). A faulty line ends in
 * `<!-- expect: rule -->`, in front matter in `# expect: rule`; below a block, where nothing may follow on its line,
 * stands `<!-- expect above: rule -->`. A fixture without such a line must be clean.
 * `.eml` is a message, here with LF: `X-Expect-Next: rule` stands above the faulty field, `X-Expect-First: rule` is for
 * what the message lacks.
 * Findings without a place belong to the first line. `<!-- checks: {…} -->` is configuration,
 * `<!-- newsletter: {…} -->` in HTML what the newsletter says of itself, beside its site,
 * `<!-- text: … -->` its text part, and `<!-- pages: {…} -->` what linked pages answered.
 * A piece of HTML is no whole mail: of its findings only those of its own rule, and of rules that it names, count.
 */
const FOLDER = 'test/fixtures/check'
const FIXTURES = readdirSync(FOLDER).filter((name) => /\.(?:md|yaml|html|eml)$/.test(name))
const MARK = /(?:<!--|#) expect( above)?: ([a-z-]+(?:, [a-z-]+)*)(?: -->)?\s*$/

const MESSAGE_MARK = /^X-Expect-(Next|First): (.*)$/

/** `line rule`, sorted. */
function readMarks(source: string): string[] {
  const inMessage = source.split('\n').flatMap((line, index) => {
    const [, where, rules = ''] = MESSAGE_MARK.exec(line) ?? []
    return rules === '' ? [] : rules.split(', ').map((rule) => `${where === 'First' ? 1 : index + 2} ${rule}`)
  })
  if (inMessage.length > 0) return inMessage.toSorted()
  const marks = source.split('\n').flatMap((line, index) => {
    const [, above, rules = ''] = MARK.exec(line) ?? []
    return rules === '' ? [] : rules.split(', ').map((rule) => `${index + (above ? 0 : 1)} ${rule}`)
  })
  return marks.toSorted()
}

async function checkIssue(name: string, source: string): Promise<Finding[]> {
  const blocks = await loadBlocks(OPTIONS.sources)
  const { issue, diagnostics } = await parseIssue(source, `${FOLDER}/${name}`, { root: ROOT, blocks })
  expect(diagnostics.filter((diagnostic) => diagnostic.severity === 'error')).toEqual([])
  if (!issue) throw new Error(`${name} is no issue`)
  const { rendered, diagnostics: problems } = await renderIssue(issue, OPTIONS)
  expect(problems).toEqual([])
  if (!rendered) throw new Error(`${name} cannot be rendered`)
  const sample = { ...SAMPLE, preferencesUrl: 'https://news.example.com/preferences/1', webUrl: rendered.archiveUrl }
  return runChecks({ issue, source, rendered, sample, diagnostics, config: readJson('checks', source) })
}

function checkHtml(source: string): Finding[] {
  const text = /<!-- text: (.*?) -->/.exec(source)?.[1]?.replaceAll('\\n', '\n')
  const rendered = {
    ...makeRendered(source, text === undefined ? {} : { text }),
    archiveUrl: `${NEWSLETTER.url}/issues/week-11/`,
  }
  const newsletter = { ...NEWSLETTER, ...readJson('newsletter', source) }
  const issue = makeIssue({ sections: [makeSection('s-models', [makeEntry('e-gemini')]), makeSection('s-tools', [])] })
  const pages = new Map(Object.entries(readJson('pages', source)))
  return runChecks({ issue, newsletter, rendered, sample: SAMPLE, pages, config: readJson('checks', source) })
}

function readJson(name: string, source: string): Record<string, never> {
  const text = new RegExp(`<!-- ${name}: (\\{.*?\\}) -->`).exec(source)?.[1]
  return text === undefined ? {} : (JSON.parse(text) as Record<string, never>)
}

async function checkFixture(name: string, source: string): Promise<Finding[]> {
  if (name.endsWith('.eml')) return checkMessage(source)
  return name.endsWith('.html') ? checkHtml(source) : await checkIssue(name, source)
}

function checkMessage(source: string): Finding[] {
  const message = { raw: Buffer.from(source.replaceAll('\n', '\r\n')) } as Message
  return runChecks({ issue: makeIssue(), rendered: makeRendered(wholeMail(UNSUBSCRIBE)), sample: SAMPLE, message })
}

describe('fixtures', () => {
  test.for(FIXTURES)('%s has findings on exactly its marked lines', async (name) => {
    const source = readFileSync(join(FOLDER, name), 'utf8')
    const found = await checkFixture(name, source)
    const marks = readMarks(source)
    const named = new Set([name.split('.')[0], ...marks.map((mark) => mark.split(' ')[1])])
    const counted = name.endsWith('.html') ? found.filter(({ rule }) => named.has(rule)) : found
    const places = counted.map(({ rule, range, position }) => `${(range?.start ?? position)?.line ?? 1} ${rule}`)
    expect(places.toSorted()).toEqual(marks)
  })

  test.for(RULES.map((rule) => rule.id))('%s has a faulty and a clean one', (id) => {
    const marks = FIXTURES.filter((name) => name.startsWith(`${id}.`)).map((name) =>
      readMarks(readFileSync(join(FOLDER, name), 'utf8')),
    )
    expect(marks.some((lines) => lines.length > 0 && lines.every((line) => line.endsWith(` ${id}`)))).toBe(true)
    expect(marks.some((lines) => lines.length === 0)).toBe(true)
  })
})
