import { Badge, VisuallyHidden } from '@mantine/core'
import { count, formatSize } from './format.ts'

/** `× 2` in red, `! 1` in amber; nothing for zero. Words for those who do not see the colours. */
export function CountBadges({ errors, warnings }: { readonly errors: number; readonly warnings: number }) {
  if (errors + warnings === 0) return null
  return (
    <span className="counts">
      <CountBadge number={errors} severity="error" />
      <CountBadge number={warnings} severity="warning" />
    </span>
  )
}

function CountBadge({ number, severity }: { readonly number: number; readonly severity: 'error' | 'warning' }) {
  if (number === 0) return null
  return (
    <Badge className={`chip ${severity}`} size="sm" variant="light" title={count(number, severity)}>
      <span aria-hidden="true">{severity === 'error' ? '× ' : '! '}</span>
      {number}
      <VisuallyHidden component="span">{` ${severity}${number === 1 ? '' : 's'}`}</VisuallyHidden>
    </Badge>
  )
}

interface FactsProps {
  readonly period: string | undefined
  readonly sizeBytes: number | undefined
}

/** Period and size; each keeps its own direction. */
export function Facts({ period, sizeBytes }: FactsProps) {
  const size = sizeBytes === undefined ? undefined : formatSize(sizeBytes)
  return (
    <span>
      {period === undefined ? null : <bdi>{period}</bdi>}
      {period && size ? ' · ' : null}
      {size}
    </span>
  )
}
