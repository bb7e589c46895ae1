import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { TemplateProps } from 'letterpress/define'
import Brief from '../../emails/brief.tsx'
import Digest from '../../emails/digest.tsx'
import { finishMarkup } from '../../src/render/expand-mso.ts'

/** The digest as the render engine prints it, slots still marked. */
export function printDigest(props: Partial<TemplateProps> = {}): string {
  return finishMarkup(renderToStaticMarkup(createElement(Digest, props)))
}

/** The letter as the render engine prints it, slots still marked. */
export function printBrief(props: Partial<TemplateProps> = {}): string {
  return finishMarkup(renderToStaticMarkup(createElement(Brief, props)))
}

/** What readers see of it: no tags, styles, conditional comments, title. */
export function textOf(html: string): string {
  return html
    .replaceAll(/<!--.*?-->|<(style|title)>.*?<\/\1>/gs, '')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/&(#x?[0-9a-f]+|[a-z]+);/gi, '?')
}
