/** Stands for what was taken out; neither a word of any rule nor a number. */
const BLANK = '…'
/** Addresses, also encoded as in links; quoted local parts are what other servers may name. */
const ADDRESS = /(?:"[^"\s]{0,64}"|[^\s<>()[\]"',;:]{1,100})(?:@|%40|=40)[^\s<>()[\]"',;]{1,255}/gi
/** Shorter ones are blanked only together with their domain. */
const MIN_LOCAL_LENGTH = 2
/**
 * A name of one word, `daily` of `daily@example.com`, is most often a word of the server's own: it is blanked only where
 * it is named, in quotes or brackets. What is misread then is told of one reader, and not believed before another meets it.
 */
const WORD = /^\p{L}+$/u
const NAMED = { before: String.raw`(?<=["'<(\[=:/‘“«])`, after: String.raw`(?=["'>)\]’”»])` }

/**
 * A reply without the addresses in it: they are words of strangers, and no reader called `quota-exceeded` may have a say
 * in whether the others get their mail.
 *
 * @param addresses - those of the envelope, whose parts are blanked where they stand alone as well.
 */
export function toImpersonal(text: string, addresses: readonly string[]): string {
  let words = text.replaceAll(ADDRESS, BLANK)
  for (const address of addresses) {
    const at = address.lastIndexOf('@')
    const [local, domain] = [address.slice(0, at), address.slice(at + 1)]
    for (const form of new Set([domain, local, encodeURIComponent(local)])) {
      if (form.length < MIN_LOCAL_LENGTH) continue
      words = words.replaceAll(WORD.test(form) ? namedAlone(form) : standingAlone(form), BLANK)
    }
  }
  return words
}

/** Of a domain also the names below it. */
function standingAlone(form: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:[\w-]+\.)*${escape(form)}(?![\p{L}\p{N}])`, 'giu')
}

function namedAlone(form: string): RegExp {
  return new RegExp(`${NAMED.before}${escape(form)}${NAMED.after}`, 'giu')
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
}
