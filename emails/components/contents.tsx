import type { ContentsRow, Issue, TemplateProps } from 'letterpress/define'
import type { CSSProperties, ReactElement } from 'react'
import { Link } from './link.tsx'
import { inset } from './sides.ts'

/** Anchor of the table of contents; no title becomes this id, since slugs have no underscore. */
export const CONTENTS_ID = '_toc'

/** Whether the issue has a table of contents to go back to. */
export function hasContents(issue: Issue): boolean {
  return issue.opening.some((piece) => piece.type === 'block' && piece.block === 'toc')
}

/** Rows of the table of contents, from the sections themselves, so that they cannot drift from them. */
export function listContents(issue: Issue, depth: 1 | 2): readonly ContentsRow[] {
  return issue.sections.flatMap((section): readonly ContentsRow[] => [
    { depth: 1, number: section.number, title: section.titleText, id: section.id, count: section.entries.length },
    ...(depth === 1
      ? []
      : section.entries.map(
          (entry): ContentsRow => ({ depth: 2, number: entry.number, title: entry.titleText, id: entry.id, count: 0 }),
        )),
  ])
}

/**
 * Links to places in the mail. Some apps do not jump within a mail, so each row has a second, small link to the same
 * place on the archive page when there is one. Rows are lines
 * in a box of `hangNumbers`: a table weighs half as much again.
 */
export function Contents({
  mail,
  rows,
}: {
  readonly mail: TemplateProps
  readonly rows: readonly ContentsRow[]
}): ReactElement {
  const isNested = rows.some((row) => row.depth === 2)
  return (
    <>
      {rows.map((row) => (
        <Row key={row.id} mail={mail} row={row} isHead={isNested && row.depth === 1} />
      ))}
    </>
  )
}

/** Widths of a number and the blank after it, "1" or "1.1", in most faces at 16 px. */
const HANG = { 1: 17, 2: 31 } as const

/** What the box around a list needs, so that numbers hang in its margin and titles align. */
export function hangNumbers(mail: TemplateProps, rows: readonly ContentsRow[]): CSSProperties {
  const hang = HANG[rows.some((row) => row.depth === 2) ? 2 : 1]
  return { padding: inset(mail, 18, 0, 8, hang), color: mail.theme.light.accent, textIndent: -hang }
}

function Row({
  mail,
  row,
  isHead,
}: {
  readonly mail: TemplateProps
  readonly row: ContentsRow
  /** The list has entries too, and this is the section above some of them. */
  readonly isHead: boolean
}): ReactElement {
  const title = (
    <Link mail={mail} href={`#${row.id}`} tone="text">
      {row.title}
    </Link>
  )
  return (
    <p style={{ margin: isHead ? '16px 0 10px' : '0 0 10px' }}>
      <b>{row.number}</b>
      {'\u{2002}'}
      {isHead ? <b>{title}</b> : title}
      <Aside mail={mail} row={row} />
    </p>
  )
}

function Aside({ mail, row }: { readonly mail: TemplateProps; readonly row: ContentsRow }): ReactElement {
  const { words, archiveUrl, theme } = mail
  return (
    <small className="m" style={{ color: theme.light.muted }}>
      {row.count === 0 ? null : ` ·\u{A0}${words.entries(row.count)}`}
      {archiveUrl === undefined ? null : (
        <>
          {' ·\u{A0}'}
          <Link mail={mail} href={`${archiveUrl}#${row.id}`} tone="muted" className={undefined}>
            {words.online}
          </Link>
        </>
      )}
    </small>
  )
}
