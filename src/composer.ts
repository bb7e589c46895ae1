import type { Clock, Terminal } from './base/index.ts'
import type { Config } from './config/index.ts'
import type { Content, Sender } from './delivery/index.ts'
import {
  buildKeyRecord,
  buildReaderLinks,
  compileMessage,
  composeMessage,
  createSigner,
  type Message,
  type MessageTemplate,
  proveSigner,
  readDkimKeys,
  type ReaderLinks,
  type Signer,
  signTemplate,
} from './message/index.ts'
import type { Rendered } from './render/index.ts'
import type { Reader, TokenKey, TokenPurpose } from './subscriber/index.ts'

/** A key for samples: links as long as real ones that no server will honour. */
const SAMPLE_KEY: TokenKey = { id: 'sample', secret: 'sample' }
const SAMPLE = { purpose: 'unsubscribe', key: SAMPLE_KEY } as const

/** Messages of a newsletter, signed where its configuration says so. */
export interface Composer {
  /**
   * @param purpose - `sample`: like a real message, with links that no server honours; unsigned, makes no secret.
   * @param readImage - bytes of an image by its path; default: the file's.
   */
  compose(
    rendered: Rendered,
    reader: Reader,
    purpose: TokenPurpose | 'sample',
    readImage?: Content['readImage'],
  ): Promise<Message>
  /** Makes the messages of a run from what was frozen, with links that take effect. What all share is made here, once. */
  composerFor(content: Content): (reader: Reader, date: Date) => Message | Promise<Message>
  /**
   * Signs a sample where the configuration says that messages are signed, so that trouble with the keys shows early.
   *
   * @throws AppError `message/dkim-…`
   */
  proveSigning(sample: Message): Promise<void>
  /** What DNS should say of the keys that sign, by name; empty where messages are not signed. @throws as `proveSigning` */
  readDkimRecords(): ReadonlyMap<string, string>
}

/** Who sends, as the configuration says it. */
export function readSender({ name, from, replyTo, url, bounces, unsubscribe }: Config): Sender {
  return {
    name,
    from,
    ...(replyTo ? { replyTo } : {}),
    ...(url ? { url } : {}),
    ...(bounces ? { bouncesDomain: bounces.domain } : {}),
    ...(unsubscribe?.mailbox ? { unsubscribeMailbox: unsubscribe.mailbox } : {}),
  }
}

interface ComposeParts {
  readonly sender: Sender
  readonly clock: Clock
  readonly readKey: () => TokenKey
  readonly readSigner: () => Signer | undefined
}

export function prepareCompose({ sender, clock, readKey, readSigner }: ComposeParts): Composer {
  const fillWith = (template: MessageTemplate) => {
    const signer = readSigner()
    return signer ? signTemplate(template, signer) : (reader: Reader, date: Date) => template.fill(reader, date)
  }
  return {
    compose: async (rendered, reader, purpose, readImage) => {
      const date = clock.now()
      if (purpose === 'sample') return await composeSample(rendered, reader, sender, date)
      return await fillWith(
        compileMessage(rendered, { ...sender, ...(readImage ? { readImage } : {}), purpose, key: readKey() }),
      )(reader, date)
    },
    composerFor: ({ rendered, sender: frozen, readImage }) =>
      fillWith(compileMessage(rendered, { ...frozen, purpose: 'unsubscribe', key: readKey(), readImage })),
    proveSigning: async (sample) => {
      const signer = readSigner()
      if (signer) await proveSigner(signer, sample)
    },
    readDkimRecords: () =>
      new Map(
        readSigner()
          ?.keys.map(buildKeyRecord)
          .map(({ name, value }) => [name, value]),
      ),
  }
}

/** A message with links that no server honours. Nobody gets it: it needs no key, and is unsigned. */
async function composeSample(rendered: Rendered, reader: Reader, sender: Sender, date: Date): Promise<Message> {
  return await composeMessage(rendered, reader, { ...sender, ...SAMPLE, date })
}

/**
 * The same for checks alone, signed like what goes out; unsigned where the keys cannot be used here, which `test`,
 * `plan` and `send` tell.
 */
export async function composeForChecks(
  rendered: Rendered,
  reader: Reader,
  { sender, clock, readSigner }: Pick<ComposeParts, 'sender' | 'clock' | 'readSigner'>,
): Promise<Message> {
  const sample = await composeSample(rendered, reader, sender, clock.now())
  try {
    return (await readSigner()?.sign(sample)) ?? sample
  } catch {
    return sample
  }
}

/** The signer of the configuration, made at first need; undefined where none is set. */
export function keepSigner({ dkim }: Config, root: string, { note }: Pick<Terminal, 'note'>): () => Signer | undefined {
  let signer: Signer | undefined
  return () => {
    if (!dkim || signer) return signer
    const { keys, warnings } = readDkimKeys(dkim, root)
    for (const warning of warnings) note(warning)
    return (signer = createSigner(keys))
  }
}

/** Links of one reader that no server honours. */
export function sampleLinks(reader: Reader, { from, replyTo, url, unsubscribe, bounces }: Config): ReaderLinks {
  return buildReaderLinks(reader, {
    key: SAMPLE_KEY,
    purpose: 'unsubscribe',
    unsubscribeMailbox: unsubscribe?.mailbox ?? replyTo ?? from,
    ...(bounces ? { bouncesDomain: bounces.domain } : {}),
    ...(url ? { url } : {}),
  })
}
