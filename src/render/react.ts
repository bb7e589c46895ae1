import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { finishMarkup } from './expand-mso.ts'
import type { TemplateComponent, TemplateProps } from './template.ts'

const DOCTYPE = '<!doctype html>'

/**
 * HTML of a React Email component, with doctype, without React's comments and preload links.
 * A template that suspends (React Email's `<Tailwind>` does) is rendered by React's streaming prerenderer.
 */
export async function renderReact(Template: TemplateComponent, props: TemplateProps): Promise<string> {
  const element = createElement(Template, props)
  let markup: string
  try {
    markup = renderToStaticMarkup(element)
  } catch (error) {
    if (!/suspended/i.test(String(error))) throw error
    const { prerenderToNodeStream } = await import('react-dom/static')
    const { prelude } = await prerenderToNodeStream(element)
    markup = ''
    for await (const chunk of prelude) markup += String(chunk)
  }
  return `${DOCTYPE}${finishMarkup(markup.replace(/^\s*<!doctype[^>]*>/i, ''))}`
}
