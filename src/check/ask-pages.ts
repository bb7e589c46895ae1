import type { Issue } from '../issue/index.ts'
import type { Rendered } from '../render/index.ts'
import type { OnlineOptions } from './online/index.ts'
import type { LinkState } from './online/probe.ts'
import type { NewsletterFacts } from './rule.ts'

/** A mail whose links are to be asked for. */
export interface LinkedMail {
  readonly issue: Issue
  readonly rendered: Rendered
}

/**
 * Asks every page that these mails link to whether it is there; see askLinks for how.
 *
 * @returns states by address, for `runChecks`.
 */
export async function askPages(
  mails: readonly LinkedMail[],
  newsletter: NewsletterFacts,
  options: OnlineOptions,
): Promise<ReadonlyMap<string, LinkState>> {
  const { askLinks, listPages } = await import('./online/index.ts')
  return await askLinks(
    mails.flatMap(({ issue, rendered }) => listPages(issue, rendered, newsletter)),
    options,
  )
}
