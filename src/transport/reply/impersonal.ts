/** Stands for what was taken out; neither a word of any rule nor a number. */
const BLANK = '…'
/** Addresses, also encoded as in links; quoted local parts are what other servers may name. */
const ADDRESS = /(?:"[^"\s]{0,64}"|[^\s<>()[\]"',;:]{1,100})(?:@|%40|=40)[^\s<>()[\]"',;]{1,255}/gi
/** Shorter ones are blanked only together with their domain. */
const MIN_LOCAL_LENGTH = 2

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
    for (const form of new Set([domain, local, encodeURIComponent(local)]))
      if (form.length >= MIN_LOCAL_LENGTH) words = words.replaceAll(standingAlone(form), BLANK)
  }
  return words
}

/** Of a domain also the names below it. */
function standingAlone(form: string): RegExp {
  const literal = form.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
  return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:[\w-]+\.)*${literal}(?![\p{L}\p{N}])`, 'giu')
}
