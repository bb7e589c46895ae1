import type { Action, TemplateProps } from 'letterpress/define'
import type { ReactElement } from 'react'
import { Button } from './button.tsx'
import { inset } from './sides.ts'

/** Calls to action in a row that wraps: the first filled, the others outlined. */
export function Buttons({
  mail,
  actions,
}: {
  readonly mail: TemplateProps
  readonly actions: readonly Action[]
}): ReactElement | null {
  if (actions.length === 0) return null
  return (
    <p style={{ margin: '20px 0 6px' }}>
      {actions.map((action, index) => (
        <Button
          key={action.url + action.label}
          mail={mail}
          href={action.url}
          kind={index === 0 ? 'first' : 'second'}
          style={{ margin: inset(mail, 0, 10, 10, 0) }}
        >
          {action.label}
        </Button>
      ))}
    </p>
  )
}
