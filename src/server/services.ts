/**
 * What the public pages ask for; app.ts fills it. A method may throw an AppError for broken machinery: the page then
 * answers 503 and says that nothing was changed.
 */
export interface PublicServices {
  /** Name of the newsletter. */
  readonly name: string
  /** What a link's token stands for; undefined for anything that was not signed here. */
  readToken(token: string): { readonly purpose: 'unsubscribe' | 'test'; readonly subscriberId: string } | undefined
  /** Takes a reader off the list, for good; the same for a reader who left already or is not known any more. */
  unsubscribe(subscriberId: string): Promise<void>
  /** Issues that were sent to everybody, newest first. */
  listSentIssues(): Promise<readonly SentIssue[]>
  /** @returns undefined when no such issue was sent. */
  readSentIssue(id: string): Promise<SentPage | undefined>
  /** An image of a sent issue by its published name. */
  readSentImage(id: string, name: string): Promise<SentImage | undefined>
  /** @throws when the store does not answer. */
  ping(): Promise<void>
}

export interface SentIssue {
  readonly id: string
  readonly subject: string
  /** ISO 8601 date on which sending began. */
  readonly date: string
}

/** A sent issue as everybody may see it: slots hold their fallbacks, no link is anybody's own. */
export interface SentPage {
  readonly html: string
}

export interface SentImage {
  readonly bytes: Uint8Array
  readonly contentType: string
}
