import { extname } from 'node:path'
import { type Diagnostic, findNearest, sortDiagnostics } from '../base/index.ts'
import { buildIssue, readTexts, type Texts } from './build.ts'
import { dataErrors } from './errors/data.ts'
import { fileErrors } from './errors/file.ts'
import { structureErrors } from './errors/structure.ts'
import type { Issue } from './model.ts'
import { type IssueOptions, type Reading, startReading } from './reading.ts'
import { slugOf } from './slug.ts'
import { readJson } from './source/json.ts'
import { languageOf, readMarkdownFile } from './source/markdown-file.ts'
import { getChild, type Sourced, toValue } from './source/sourced.ts'
import { readYaml } from './source/yaml.ts'
import { reportUnusedNotes } from './text/unused-notes.ts'
import { checkPeriod } from './validate/period.ts'
import { reportProblems } from './validate/problems.ts'
import { IssueFile } from './validate/schema.ts'

/** Reads the text of an issue file, all problems at once. */
export function parseSource(
  source: string,
  file: string,
  options: IssueOptions,
): { issue?: Issue; diagnostics: Diagnostic[] } {
  const reading = startReading(source, file, options)
  if (source.trim() === '') {
    reading.report(fileErrors.empty, undefined)
    return { diagnostics: reading.diagnostics }
  }
  const issue = readIssue(source, reading)
  const diagnostics = unique(sortDiagnostics(reading.diagnostics))
  const isSound = diagnostics.every((problem) => problem.severity !== 'error')
  return { ...(issue && isSound ? { issue } : {}), diagnostics }
}

function readIssue(source: string, reading: Reading): Issue | undefined {
  const root = withoutSchema(readData(source, reading))
  if (!root) return undefined
  if (root.kind !== 'map') {
    reading.report(
      dataErrors.wrongValue,
      root.range,
      'issue',
      'a list of keys with values',
      'something else',
      'title: Papers of the week',
    )
    return undefined
  }
  const texts = readTexts(root, reading)
  reportUnusedNotes(reading)
  if (!reading.hasData) return undefined
  const parsed = IssueFile.safeParse(toValue(root))
  if (!parsed.success) reportProblems(parsed.error.issues, IssueFile, root, reading)
  checkPeriod(root, reading)
  checkNames(root, reading)
  checkText(texts, root, reading)
  return parsed.success ? buildIssue(parsed.data, texts, root, slugOf(reading.file), reading) : undefined
}

function readData(source: string, reading: Reading): Sourced | undefined {
  if (extname(reading.file).toLowerCase() === '.md') return readMarkdownFile(source, reading)
  const root =
    extname(reading.file).toLowerCase() === '.json' ? readJson(source, reading) : readYaml(source, 0, reading)
  reading.language = languageOf(getChild(root, 'language')) ?? reading.language
  return root
}

// Editors read `$schema` to complete and underline; an issue knows its own.
function withoutSchema(root: Sourced | undefined): Sourced | undefined {
  if (root?.kind !== 'map' || !root.entries.has('$schema')) return root
  return { ...root, entries: new Map([...root.entries].filter(([key]) => key !== '$schema')) }
}

function checkText({ opening, sections, closing }: Texts, root: Sourced, reading: Reading): void {
  const hasErrors = reading.diagnostics.some(({ severity }) => severity === 'error')
  if (hasErrors || opening.length + sections.length + closing.length > 0) return
  reading.report(structureErrors.noText, getChild(root, 'title')?.range ?? root.range)
}

function checkNames(root: Sourced, reading: Reading): void {
  const { templates, ruleIds } = reading.options
  const template = getChild(root, 'template')
  if (
    templates &&
    template?.kind === 'scalar' &&
    typeof template.value === 'string' &&
    !templates.includes(template.value)
  ) {
    reading.report(
      dataErrors.unknownTemplate,
      template.range,
      template.value,
      templates,
      findNearest(template.value, templates),
    )
  }
  const allow = getChild(root, 'allow')
  if (!ruleIds || allow?.kind !== 'map') return
  for (const [name, reason] of allow.entries) {
    if (!ruleIds.includes(name))
      reading.report(dataErrors.unknownRule, reason.key ?? reason.range, name, findNearest(name, ruleIds))
  }
}

// A shared block used twice says the same thing twice at two places; one text read twice says it at one.
function unique(list: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>()
  return list.filter(({ code, message, range }) => {
    const key = `${code}\n${range?.start.offset}\n${message}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
