import { createPublicKey, sign, verify } from 'node:crypto'
import { AppError } from '../../base/index.ts'
import { buildKeyRecord, type DkimKey, readDkimKeys } from '../../message/index.ts'
import { defineProbe } from '../probe.ts'

export const keys = defineProbe<'unusable' | 'not-a-pair' | 'none'>({
  id: 'keys',
  group: 'Keys',
  isOnline: false,
  blames: 'configuration',
  looksAt:
    'Whether the DKIM keys can be read, are long enough (RSA from 2048 bits), and verify what they sign. Ed25519 is a second key, and may be left out.',
  faults: {
    unusable: {
      level: 'problem',
      title: 'A DKIM key that cannot sign',
      effect: '`send` stops before the first message: nothing goes out unsigned that should be signed.',
      remedy: 'docs/dkim.md says how a key is made.',
      source: 'RFC 6376 §3.3; RFC 8301 §3.2; RFC 8463',
    },
    'not-a-pair': {
      level: 'problem',
      title: 'A DKIM key whose halves do not belong together',
      effect: 'Every signature fails.',
      remedy: 'Make a new key, as docs/dkim.md says, and publish its record.',
      source: 'RFC 6376 §6.1.3',
    },
    none: {
      level: 'note',
      title: 'Messages are not signed here',
      effect:
        'That is right when your SMTP service signs for your domain. If it does not, DMARC stands on SPF alone, and one-click unsubscribe is not honoured.',
      remedy: 'Ask the service, or set dkim as docs/dkim.md says.',
      source: 'RFC 8058 §4',
    },
  },
  run: ({ newsletter: { dkim }, services: { root } }, report) => {
    if (!dkim) return report.fault('none', { message: 'dkim is not set.' })
    try {
      for (const key of readDkimKeys(dkim, root).keys) {
        const { name } = buildKeyRecord(key)
        if (isPair(key)) report.ok(`${describe(key)} signs; its record belongs to ${name}.`)
        else report.fault('not-a-pair', { message: `What the key of ${name} signs does not verify.` })
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      report.fault('unusable', { message: error.message.replace(/ Nothing was sent\.$/, ''), remedy: error.hint })
    }
    return undefined
  },
})

function describe({ algorithm, privateKey }: DkimKey): string {
  const { modulusLength } = privateKey.asymmetricKeyDetails ?? {}
  return algorithm === 'rsa-sha256' ? `An RSA key of ${modulusLength ?? 0} bits` : 'An Ed25519 key'
}

// A file can hold halves that were put together by hand.
function isPair({ algorithm, privateKey }: DkimKey): boolean {
  const digest = algorithm === 'rsa-sha256' ? 'sha256' : null
  const text = Buffer.from('letterpress doctor')
  return verify(digest, text, createPublicKey(privateKey), sign(digest, text, privateKey))
}
