import type { Table, TemplateProps } from 'letterpress/define'
import type { CSSProperties, ReactElement } from 'react'
import { Inlines } from './inlines.tsx'
import { startOf } from './sides.ts'

/**
 * A table of data: with `th` and `scope`, without `role="presentation"`. One wider than a phone scrolls in its own
 * box, which can be reached by keyboard. Lines are those of rows: Word, which draws none, still has the shaded head.
 */
export function DataTable({ mail, table }: { readonly mail: TemplateProps; readonly table: Table }): ReactElement {
  const { light } = mail.theme
  const line: CSSProperties = { borderBottom: `1px solid ${light.line}` }
  return (
    <div tabIndex={0} style={{ margin: '4px 0 20px', overflowX: 'auto' }}>
      <table
        width="100%"
        cellPadding={9}
        cellSpacing={0}
        className="t"
        style={{ borderCollapse: 'collapse', color: light.text, fontSize: 15, lineHeight: 1.5, wordBreak: 'normal' }}
      >
        <thead>
          <tr {...{ valign: 'bottom', bgcolor: light.panel }} className="n l" style={line}>
            {table.header.map((head, column) => (
              <th key={column} scope="col" align={table.align[column] ?? startOf(mail)}>
                <Inlines mail={mail} nodes={head.children} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...{ valign: 'top' }}>
          {table.rows.map((row, index) => (
            <tr key={index} className="l" style={line}>
              {row.map((data, column) => (
                <td key={column} align={table.align[column] ?? undefined}>
                  <Inlines mail={mail} nodes={data.children} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
