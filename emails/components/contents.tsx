import type { ContentsRow, Issue, TemplateProps } from 'letterpress/define'
import type { ReactElement } from 'react'
import { Link } from './link.tsx'

/** Anchor of the table of contents; no title becomes this id, since slugs have no underscore. */
export const CONTENTS_ID = '_contents'

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
 * place on the archive page when there is one.
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
    <table role="presentation" width="100%" cellPadding={0} cellSpacing={0}>
      {rows.map((row) => (
        <Row key={row.id} mail={mail} row={row} isNested={isNested} />
      ))}
    </table>
  )
}

function Row({
  mail,
  row,
  isNested,
}: {
  readonly mail: TemplateProps
  readonly row: ContentsRow
  /** The list has entries too: sections become their headings. */
  readonly isNested: boolean
}): ReactElement {
  const isHead = isNested && row.depth === 1
  const padding = isHead ? '14px 0 4px 0' : '6px 0'
  return (
    <tr {...{ valign: 'top' }}>
      <td
        width={isNested ? 44 : 26}
        className="a"
        style={{ padding, color: mail.theme.light.accent, fontWeight: 'bold' }}
      >
        {row.number}
      </td>
      <td style={isHead ? { padding, fontWeight: 'bold' } : { padding }}>
        <Link mail={mail} href={`#${row.id}`} tone="text">
          {row.title}
        </Link>
        <Aside mail={mail} row={row} isHead={isHead} />
      </td>
    </tr>
  )
}

function Aside({
  mail,
  row,
  isHead,
}: {
  readonly mail: TemplateProps
  readonly row: ContentsRow
  readonly isHead: boolean
}): ReactElement {
  const { words, archiveUrl, theme } = mail
  const color = theme.light.muted
  return (
    <span
      className="m"
      style={{ color, fontSize: 13, whiteSpace: 'nowrap', ...(isHead ? { fontWeight: 'normal' } : {}) }}
    >
      {row.count === 0 ? null : ` · ${words.entries(row.count)}`}
      {archiveUrl === undefined ? null : (
        <>
          {' · '}
          <Link mail={mail} href={`${archiveUrl}#${row.id}`} tone="muted">
            {words.online}
          </Link>
        </>
      )}
    </span>
  )
}
