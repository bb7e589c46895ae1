import type { MessageField } from './message-view.ts'

/** What a DKIM-Signature field says. */
export interface SignatureTags {
  readonly tags: ReadonlyMap<string, string>
  /** Names of the fields it covers, in lower case. */
  readonly covered: readonly string[]
}

/** @see RFC 6376 §3.2 and §3.5 */
export function readSignature({ value }: MessageField): SignatureTags {
  const tags = new Map(
    value.split(';').flatMap((text): [string, string][] => {
      const [, name, content = ''] = /^\s*([a-z]\w*)\s*=\s*([\s\S]*)$/i.exec(text) ?? []
      return name === undefined ? [] : [[name, content.replaceAll(/\s+/g, '')]]
    }),
  )
  return { tags, covered: (tags.get('h') ?? '').toLowerCase().split(':').filter(Boolean) }
}
