import type { ComponentPropsWithoutRef, ReactElement } from 'react'

/**
 * React Email's `Html` sets `lang` and `dir` here and "en", "ltr" on the body whatever they are (react-email#3652).
 * Both come from the caller, here and in `Body`.
 */
export function Html(
  props: ComponentPropsWithoutRef<'html'> & { readonly lang: string; readonly dir: string },
): ReactElement {
  return <html {...props} />
}
