import type { Table, TemplateProps } from 'letterpress/define'
import type { CSSProperties, ReactElement } from 'react'
import { Inlines } from './inlines.tsx'
import { startOf } from './sides.ts'

/**
 * A table of data: with `th` and `scope`, without `role="presentation"`. One wider than a phone scrolls in its own
 * box, which can be reached by keyboard.
 */
export function DataTable({ mail, table }: { readonly mail: TemplateProps; readonly table: Table }): ReactElement {
  const { light, fonts } = mail.theme
  const cell: CSSProperties = { padding: '8px 10px', borderBottom: `1px solid ${light.line}`, verticalAlign: 'top' }
  const alignOf = (column: number): 'left' | 'right' | 'center' => table.align[column] ?? startOf(mail)
  return (
    <div tabIndex={0} style={{ margin: '4px 0 20px', overflowX: 'auto' }}>
      <table
        width="100%"
        border={0}
        cellPadding={0}
        cellSpacing={0}
        className="t"
        style={{ color: light.text, fontFamily: fonts.body, fontSize: 15, lineHeight: 1.5 }}
      >
        <thead>
          <tr>
            {table.header.map((head, column) => (
              <th
                key={column}
                scope="col"
                align={alignOf(column)}
                {...{ bgcolor: light.panel }}
                className="n l"
                style={{ ...cell, backgroundColor: light.panel }}
              >
                <Inlines mail={mail} nodes={head.children} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((data, column) => (
                <td key={column} align={alignOf(column)} className="l" style={cell}>
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
