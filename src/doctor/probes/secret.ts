import { defineProbe } from '../probe.ts'
import { estimateBits } from '../strength.ts'

/** NIST SP 800-131A: what a key of HMAC needs at least is 112; the tags of links have 128. */
const MIN_BITS = 128

export const secret = defineProbe<'missing' | 'weak'>({
  id: 'secret',
  group: 'Secret',
  isOnline: false,
  blames: 'configuration',
  looksAt: `Whether LETTERPRESS_SECRET can be guessed: it needs ${MIN_BITS} bits.`,
  faults: {
    missing: {
      level: 'note',
      title: 'No secret yet',
      effect: 'None is needed before the first test or send, which makes one and writes it to .env.',
      remedy: 'Back .env up when it is made: without the secret the links in mail already sent die.',
      source: 'docs/sending.md',
    },
    weak: {
      level: 'problem',
      title: 'A secret that can be guessed',
      effect: 'Whoever guesses it can take every reader off the list, and make return addresses that count as yours.',
      remedy:
        'Before the first send, remove it from .env, and a strong one is made. Afterwards a new one ends the links in mail already sent.',
      source: 'RFC 2104 §3',
    },
  },
  run: ({ services: { secret: known } }, report) => {
    if (!known) return report.fault('missing', { message: 'LETTERPRESS_SECRET is not set.' })
    const bits = estimateBits(known.value)
    const place = known.isInFile ? '.env' : 'the environment'
    if (bits >= MIN_BITS) return report.ok(`LETTERPRESS_SECRET in ${place} has ${MIN_BITS} bits or more.`)
    return report.fault('weak', {
      message: `LETTERPRESS_SECRET in ${place} has ${known.value.length} characters, worth ${bits} bits at most; ${MIN_BITS} are needed.`,
    })
  },
})
