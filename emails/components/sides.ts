import type { TemplateProps } from 'letterpress/define'

type Direction = Pick<TemplateProps, 'direction'>

/** The side where lines begin. Attributes and physical properties are used since mail clients drop the logical ones. */
export function startOf(mail: Direction): 'left' | 'right' {
  return mail.direction === 'rtl' ? 'right' : 'left'
}

/** Shorthand for `margin` and `padding` in pixels, mirrored for right-to-left. */
export function inset(mail: Direction, top: number, end: number, bottom: number, start: number): string {
  const [right, left] = mail.direction === 'rtl' ? [start, end] : [end, start]
  return [top, right, bottom, left].map((value) => (value === 0 ? '0' : `${value}px`)).join(' ')
}
