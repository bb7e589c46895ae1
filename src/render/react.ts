import { createElement, type ReactElement } from 'react'
import { renderToString } from 'react-dom/server'
import { limitRun } from '../base/index.ts'
import { finishMarkup } from './expand-mso.ts'
import type { TemplateComponent, TemplateProps } from './template.ts'

const DOCTYPE = '<!doctype html>'
/** A <Suspense> whose content threw or was not ready shows its fallback: the mail would have a hole. */
const GIVEN_UP = '<!--$!-->'

/**
 * HTML of a React Email component, with doctype, without React's comments and preload links.
 * A template that suspends (React Email's `<Tailwind>` does) is rendered by React's streaming prerenderer.
 *
 * @throws Error when a component does not end within `timeoutMs`.
 */
export async function renderReact(
  Template: TemplateComponent,
  props: TemplateProps,
  timeoutMs?: number,
): Promise<string> {
  const element = createElement(Template, props)
  let markup: string | undefined
  try {
    // Not renderToStaticMarkup, which leaves no trace of a <Suspense> that gave up.
    markup = limitRun(() => renderToString(element), timeoutMs)
  } catch (error) {
    if (!/suspended/i.test(String(error))) throw error
  }
  if (markup === undefined || markup.includes(GIVEN_UP)) markup = await prerender(element)
  return `${DOCTYPE}${finishMarkup(markup.replace(/^\s*<!doctype[^>]*>/i, ''))}`
}

async function prerender(element: ReactElement): Promise<string> {
  const { prerenderToNodeStream } = await import('react-dom/static')
  const errors: unknown[] = []
  const { prelude } = await prerenderToNodeStream(element, {
    onError: (error) => void errors.push(error),
    // Larger pieces of a <Suspense> would be put in place by a script.
    progressiveChunkSize: Infinity,
  })
  let markup = ''
  for await (const chunk of prelude) markup += String(chunk)
  if (errors.length > 0) throw errors[0]
  return markup
}
