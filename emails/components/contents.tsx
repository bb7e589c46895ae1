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
  return (
    <table role="presentation" width="100%" border={0} cellPadding={0} cellSpacing={0}>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} mail={mail} row={row} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ mail, row }: { readonly mail: TemplateProps; readonly row: ContentsRow }): ReactElement {
  const { light, fonts } = mail.theme
  const font = { fontFamily: fonts.body, fontSize: row.depth === 1 ? 16 : 15, lineHeight: 1.4 }
  const padding = row.depth === 1 ? '6px 0' : '4px 0'
  return (
    <tr>
      <td
        width={row.depth === 1 ? 28 : 44}
        valign="top"
        className="a"
        style={{ ...font, padding, color: light.accent, fontWeight: 'bold' }}
      >
        {row.number}
      </td>
      <td valign="top" style={{ ...font, padding }}>
        <Link mail={mail} href={`#${row.id}`} className="t" style={{ color: light.text }}>
          {row.title}
        </Link>
        <Aside mail={mail} row={row} />
      </td>
    </tr>
  )
}

function Aside({ mail, row }: { readonly mail: TemplateProps; readonly row: ContentsRow }): ReactElement {
  const { words, archiveUrl, theme } = mail
  const color = theme.light.muted
  return (
    <span className="m" style={{ color, fontSize: 13, whiteSpace: 'nowrap' }}>
      {row.count === 0 ? null : ` · ${words.entries(row.count)}`}
      {archiveUrl === undefined ? null : (
        <>
          {' · '}
          <Link mail={mail} href={`${archiveUrl}#${row.id}`} className="m" style={{ color }}>
            {words.online}
          </Link>
        </>
      )}
    </span>
  )
}
