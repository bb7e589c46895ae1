import { address, OPTIONS, withoutUrl } from './make.ts'
import { makeSigner } from './dkim-make.ts'
import { compileMessage, type MessageOptions } from '../../src/message/index.ts'
import type { Reader } from '../../src/subscriber/index.ts'
import { FIXED_TIME, openNewsletter } from '../helpers/newsletter.ts'

const HOSTILE_NAMES = [
  '',
  '"Evil" <evil@evil.example>, x',
  'x\r\nBcc: evil@evil.example\r\n\r\nbody',
  '=?utf-8?q?=0D=0ABcc:_evil?= ?=',
  '; h=From; bh=x; b=y',
  `${'long '.repeat(200)}end  `,
  'x'.repeat(2000),
  'ليلى حدّاد 👩‍👩‍👧',
  'Ł\u{85}\u{a0}\u{2028}ukasz',
]

/** A message of every example issue to every fixture reader and to hostile ones, signed with both keys. */
export async function signIssues(): Promise<{ readonly what: string; readonly raw: Buffer }[]> {
  const signer = makeSigner()
  const app = await openNewsletter()
  const hostile: Reader[] = HOSTILE_NAMES.map((name, index) => ({
    id: `hostile-${index}`,
    email: address(index % 2 === 0 ? `reader${index}@example.com` : `jürgen${index}@例え.jp`),
    name,
    tags: [],
    fields: { city: name },
  }))
  const signed: { what: string; raw: Buffer }[] = []
  for (const { rendered } of await app.inspect([])) {
    if (!rendered) throw new Error('an example issue cannot be rendered')
    for (const options of [{ ...OPTIONS, bouncesDomain: 'b.example.com' }, withoutUrl()] satisfies MessageOptions[]) {
      const template = compileMessage(rendered, options)
      for (const reader of [...app.listReaders(), ...hostile]) {
        const { raw } = await signer.sign(template.fill(reader, FIXED_TIME))
        signed.push({ what: `${rendered.issueId} to ${reader.id}`, raw })
      }
    }
  }
  return signed
}
