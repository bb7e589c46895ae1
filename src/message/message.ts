import type { Address, Mailbox } from '../base/index.ts'
import type { TokenKey, TokenPurpose } from '../subscriber/index.ts'

/** The SMTP sender and recipient of one message. */
export interface Envelope {
  readonly from: Address
  readonly to: Address
}

/** The bytes for one recipient, ready for the wire. */
export interface Message {
  readonly envelope: Envelope
  /** CRLF line ends, no line over 998 octets. */
  readonly raw: Buffer
  /** With its angle brackets. */
  readonly messageId: string
  /** The reader's id, for the ledger and for logs. */
  readonly readerId: string
  /**
   * No line of `raw` begins with a dot, every CR is followed by LF and every LF follows a CR, and it ends with CRLF:
   * SMTP may carry it as it is (RFC 5321 §4.5.2). Missing: nobody knows.
   */
  readonly isWireReady?: true
  /**
   * Nobody reads `raw` any more: another message may stand there. A transport calls it for what was judged and has left
   * the process to its last byte, and for nothing else.
   */
  readonly recycle?: () => void
}

/** What all messages of one issue have in common. */
export interface MessageOptions {
  readonly name: string
  readonly from: Mailbox
  readonly replyTo?: Mailbox
  /** Site of the newsletter without a final slash. */
  readonly url?: string
  /** A-labels. With it the envelope sender and the address to unsubscribe are one reader's own, in this domain. */
  readonly bouncesDomain?: string
  /** Takes requests to unsubscribe where there is no domain for them; default: replyTo, else from. */
  readonly unsubscribeMailbox?: Mailbox
  readonly key: TokenKey
  /** `test`: the links change nothing. */
  readonly purpose: TokenPurpose
  /** Bytes of an image of the issue, by its path; default: the file's. */
  readonly readImage?: (path: string) => Uint8Array
}

/** What one message is made of besides issue and reader. */
export interface ComposeOptions extends MessageOptions {
  /** Date header: of the first attempt. */
  readonly date: Date
}
