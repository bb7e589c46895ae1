import { escapeHtml } from '../base/index.ts'
import type { SentIssue } from './services.ts'

const STYLE = `
:root { color-scheme: light dark; --page: #efeae2; --sheet: #fffdf9; --text: #26221e; --muted: #6b635a; --accent: #a3301b; --on-accent: #fffaf5; --line: #ddd4c7 }
@media (prefers-color-scheme: dark) { :root { --page: #121110; --sheet: #1d1b19; --text: #e9e3da; --muted: #aba297; --accent: #f29a83; --on-accent: #1d1b19; --line: #45403a } }
* { box-sizing: border-box }
body { margin: 0; padding: 24px 16px; background: var(--page); color: var(--text); font: 17px/1.55 "Segoe UI", -apple-system, Roboto, Helvetica, Arial, sans-serif }
main { max-width: 560px; margin: 8vh auto 0; padding: 32px; background: var(--sheet); border-top: 6px solid var(--accent) }
h1 { margin: 0 0 12px; font: 700 28px/1.2 Georgia, serif }
p { margin: 0 0 16px }
.name { margin: 0 0 24px; font: 700 18px/1.2 Georgia, serif }
.muted { color: var(--muted); font-size: 15px; margin: 0 }
button { min-height: 48px; padding: 0 24px; border: 0; border-radius: 6px; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 700; cursor: pointer }
button:focus-visible, a:focus-visible { outline: 3px solid var(--text); outline-offset: 3px }
a { color: inherit }
ul { margin: 0; padding: 0; list-style: none }
li { padding: 12px 0; border-top: 1px solid var(--line) }
time { display: block; color: var(--muted); font-size: 14px }
`

/** What every page needs of its answer. */
export interface PageContext {
  /** Name of the newsletter. */
  readonly name: string
  /** Of the style element, for the content security policy. */
  readonly nonce: string
}

/** A page that asks first: mail scanners follow every link, so opening it changes nothing (RFC 8058 §3.2). */
export function writeUnsubscribePage(context: PageContext): string {
  return writePage(
    context,
    'Leave the newsletter?',
    `<p>You will get no more mail from ${escapeHtml(context.name)}.</p>
<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button type="submit">Unsubscribe</button></form>`,
  )
}

export function writeUnsubscribedPage(context: PageContext): string {
  return writePage(
    context,
    'You are off the list',
    `<p>${escapeHtml(context.name)} will not write to you again. A mail that is on its way right now may still arrive.</p>`,
  )
}

/** Shown for links of test messages, whatever is done with them. */
export function writeTestPage(context: PageContext): string {
  return writePage(
    context,
    'This link is from a test',
    '<p>It works, and it changes nothing: the message it came in was a test. In a message to the list it takes the reader off.</p>',
  )
}

export function writeNotFoundPage(context: PageContext): string {
  return writePage(
    context,
    'There is nothing here',
    '<p>The address may be cut off: mail programs break long links. Copy it whole from the message, or answer the message and ask to be taken off.</p>',
  )
}

export function writeProblemPage(context: PageContext): string {
  return writePage(context, 'That did not work', '<p>Nothing was changed. Please try again in a few minutes.</p>')
}

export function writeIssuesPage(context: PageContext, issues: readonly SentIssue[]): string {
  const rows = issues.map(
    ({ id, subject, date }) =>
      `<li><time datetime="${escapeHtml(date)}">${escapeHtml(date.slice(0, 10))}</time><a href="/issues/${encodeURIComponent(id)}/">${escapeHtml(subject)}</a></li>`,
  )
  const list = rows.length > 0 ? `<ul>${rows.join('\n')}</ul>` : '<p class="muted">Nothing was sent yet.</p>'
  return writePage(context, 'All issues', list)
}

function writePage({ name, nonce }: PageContext, title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} · ${escapeHtml(name)}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main>
<p class="name">${escapeHtml(name)}</p>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`
}
