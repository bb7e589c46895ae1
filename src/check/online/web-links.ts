import type { Issue } from '../../issue/index.ts'
import type { Rendered } from '../../render/index.ts'
import { listLinks } from '../links.ts'
import { parseHtml } from '../parse-html.ts'
import type { NewsletterFacts } from '../rule.ts'

/** Stands for every value of a reader. */
const VALUE = '\u{E000}'

/** Pages of the newsletter that belong to one reader, whoever wrote the link. */
const PERSONAL = /^\/(?:unsubscribe|preferences|confirm|subscribe)(?:\/|$)/

/** The address that is asked for: a place within a page makes no difference. */
export function pageOf(url: string): string {
  return url.replace(/#.*$/s, '')
}

/**
 * The pages that an issue links to and that may be asked for: the same for every reader, without a name and password,
 * and not the page of the issue in the archive, which is published when the issue is sent.
 */
export function listPages(issue: Issue, rendered: Rendered, newsletter: NewsletterFacts | undefined): string[] {
  const source = rendered.html.map((part) => (typeof part === 'string' ? part : VALUE)).join('')
  const pages = listLinks(issue, parseHtml(source)).map(({ url }) => pageOf(url))
  return [...new Set(pages)].filter((page) => {
    const url = /^https?:/i.test(page) && !page.includes(VALUE) ? URL.parse(page) : null
    if (!url || url.username !== '' || url.password !== '') return false
    if (rendered.archiveUrl !== undefined && page.startsWith(rendered.archiveUrl)) return false
    return newsletter?.url === undefined || !isPersonal(page, newsletter.url)
  })
}

function isPersonal(page: string, site: string): boolean {
  return page.startsWith(`${site}/`) && PERSONAL.test(page.slice(site.length))
}
