import type { ErrorBody, IssueBody } from '../api.ts'
import { type Child, h } from './element.ts'
import { count } from './format.ts'

type Diagnostics = IssueBody['diagnostics']
type Findings = IssueBody['findings']

/**
 * Stands over the mail while its file is broken; undefined while there is nothing to say.
 *
 * @param isOpen - whether the reader wants to see more than the first line.
 */
export function renderBroken({ diagnostics, file, mail }: IssueBody, isOpen: boolean): HTMLElement | undefined {
  if (mail && !mail.isStale) return undefined
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const shown = errors.length > 0 ? errors : diagnostics
  const rest = mail
    ? 'Below is the last version that could be built.'
    : 'It has not been built since the preview started.'
  const said = shown.length > 0 ? `${count(shown.length, 'problem')} in ${file}` : `${file} cannot be built`
  return h(
    'details',
    { class: 'broken', open: isOpen },
    h('summary', { 'data-key': 'broken' }, h('strong', {}, said), h('span', {}, rest)),
    h(
      'ol',
      { class: 'cards', tabindex: 0, 'aria-label': 'Problems', 'data-key': 'broken-list' },
      renderDiagnostics(shown),
    ),
  )
}

/** Everything that is wrong or could be better, worst first. */
export function renderFindings({ diagnostics, findings }: IssueBody): HTMLElement {
  const open = findings.filter(({ allowed }) => allowed === undefined)
  const allowed = findings.filter((finding) => finding.allowed !== undefined)
  const errors = [...renderDiagnostics(diagnostics.filter(isError)), ...renderCards(open.filter(isError))]
  const warnings = [
    ...renderDiagnostics(diagnostics.filter((one) => !isError(one))),
    ...renderCards(open.filter((one) => !isError(one))),
  ]
  if (errors.length + warnings.length + allowed.length === 0) return allClear()
  return h(
    'div',
    { class: 'findings' },
    errors.length + warnings.length === 0 ? allClear() : undefined,
    group(count(errors.length, 'error'), 'They keep the issue from being sent.', errors),
    group(count(warnings.length, 'warning'), 'Readers would be better off without them.', warnings),
    group(`${allowed.length} accepted`, 'The issue gives a reason for each.', renderCards(allowed)),
  )
}

/** The server's own words, when it has no answer. */
export function renderFailure({ error }: ErrorBody): HTMLElement {
  return h(
    'div',
    { class: 'notice', role: 'alert' },
    h('h2', {}, 'This cannot be shown'),
    h('p', { class: 'message' }, error.message),
    error.hint ? h('p', { class: 'remedy' }, error.hint) : undefined,
    h('p', { class: 'small' }, 'The page tries again with the next change. ', h('code', {}, error.code)),
  )
}

function allClear(): HTMLElement {
  return h(
    'div',
    { class: 'notice' },
    h('h2', {}, 'Nothing to improve'),
    h('p', {}, 'Every check passed on the message as it would go out.'),
  )
}

function group(title: string, explanation: string, cards: readonly HTMLElement[]): HTMLElement | undefined {
  if (cards.length === 0) return undefined
  return h('section', {}, h('h2', {}, title, h('span', {}, explanation)), h('ol', { class: 'cards' }, cards))
}

function isError({ severity }: { readonly severity: string }): boolean {
  return severity === 'error'
}

function renderDiagnostics(diagnostics: Diagnostics): HTMLElement[] {
  return diagnostics.map(({ severity, code, message, hint, frame, ...place }) =>
    card(severity, code, [
      h('p', { class: 'message' }, message),
      renderPlace(place),
      frame ? renderFrame(frame) : undefined,
      hint ? h('p', { class: 'remedy' }, hint) : undefined,
    ]),
  )
}

function renderCards(findings: Findings): HTMLElement[] {
  return findings.map(({ severity, rule, message, remedy, reference, frame, excerpt, allowed, ...place }) =>
    card(allowed === undefined ? severity : 'allowed', rule, [
      h('p', { class: 'message' }, message),
      renderPlace(place),
      frame ? renderFrame(frame) : excerpt ? renderFrame(excerpt) : undefined,
      allowed === undefined ? h('p', { class: 'remedy' }, remedy) : h('p', { class: 'remedy' }, `Accepted: ${allowed}`),
      reference ? h('p', { class: 'small' }, reference) : undefined,
    ]),
  )
}

function card(look: 'error' | 'warning' | 'allowed', code: string, children: readonly Child[]): HTMLElement {
  const head = h(
    'p',
    { class: 'card-head' },
    h('span', { class: `chip ${look}` }, look === 'allowed' ? 'accepted' : look),
    h('code', {}, code),
  )
  return h('li', { class: `card ${look}` }, head, children)
}

type Place = Pick<Diagnostics[number], 'file' | 'range'> & Pick<Findings[number], 'part'>

function renderPlace({ file, range, part }: Place): HTMLElement {
  const where = range ? `${file}:${range.start.line}:${range.start.column}` : file
  return h('p', { class: 'place' }, h('code', {}, where), part && !range ? ` in the ${part}` : undefined)
}

function renderFrame(frame: string): HTMLElement {
  // Wide ones scroll, and must do so without a mouse.
  return h('pre', { class: 'frame', tabindex: 0 }, frame)
}
