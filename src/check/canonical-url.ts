/** Query parameters that say where a click came from. */
const CAMPAIGN = /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|_hsenc|_hsmi|ref_src)$/i

const ARXIV_HOSTS = new Set(['arxiv.org', 'export.arxiv.org', 'ar5iv.org', 'ar5iv.labs.arxiv.org', 'alphaxiv.org'])
// Since 2007 `2403.05530`, before `hep-th/9901001` or `math.GT/0309136`; a version may follow.
const ARXIV_PATH =
  /^\/(?:abs|pdf|html|ps|format|overview)\/((?:[a-z-]+(?:\.[a-z]{2})?\/)?\d{4,7}(?:\.\d{4,5})?)(?:v\d+)?(?:\.pdf)?\/*$/i
const ARXIV_DOI = /^10\.48550\/arxiv\.(.+)$/i

/**
 * What two links to the same page have in common: without protocol, `www.`, final slash and campaign parameters.
 * Every form of an arXiv paper becomes `arxiv.org/abs/<id>`, a DOI is in lower case.
 *
 * @returns the text itself when it is no http(s) URL.
 */
export function readCanonicalUrl(text: string): string {
  const url = URL.parse(text)
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return text
  const host = url.hostname.replace(/^www\./, '')
  const paper = ARXIV_HOSTS.has(host) ? ARXIV_PATH.exec(url.pathname)?.[1] : undefined
  if (paper !== undefined) return `arxiv.org/abs/${paper.toLowerCase()}`
  if (host === 'doi.org' || host === 'dx.doi.org') return readDoi(decodePath(url.pathname.slice(1)))
  const query = [...url.searchParams].filter(([name]) => !CAMPAIGN.test(name))
  const search = query.length > 0 ? `?${new URLSearchParams(query).toString()}` : ''
  const port = url.port ? `:${url.port}` : ''
  return `${host}${port}${url.pathname.replace(/\/+$/, '')}${search}${url.hash}`
}

function readDoi(doi: string): string {
  const paper = ARXIV_DOI.exec(doi)?.[1]
  return paper === undefined
    ? `doi.org/${doi.toLowerCase()}`
    : `arxiv.org/abs/${paper.toLowerCase().replace(/v\d+$/, '')}`
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
