import type { Clock, Mailbox } from '../base/index.ts'
import type { Message } from '../message/index.ts'
import type { SmtpInspection, SmtpOptions } from '../transport/index.ts'
import type { DnsRecord } from './dns/record.ts'
import type { Lookup } from './dns/lookup.ts'

/** Headings of the report, in its order. */
export const GROUPS = [
  'Configuration',
  'Secret',
  'Keys',
  'SMTP',
  'Store',
  'Clock',
  'DNS',
  'SPF',
  'DKIM',
  'DMARC',
  'Bounces',
  'One-click',
] as const
export type Group = (typeof GROUPS)[number]

/** `problem`: mail is refused, lost or unsafe. `warning`: it may be. `note`: good to know; nothing is wrong. */
export type Level = 'problem' | 'warning' | 'note'

/** One thing that a probe can find wrong. Report and reference page are written from it. */
export interface Fault {
  readonly level: Level
  /** A few words, without a full stop. */
  readonly title: string
  /** What it does to the mail, in full sentences. */
  readonly effect: string
  /** What to do. */
  readonly remedy: string
  /** RFC and section, or the page of a provider. */
  readonly source: string
}

/** A fault as it was met. */
export interface Met {
  /** What is wrong, in full sentences, with names and values. */
  readonly message: string
  /** Default: the fault's, as all below. */
  readonly remedy?: string | undefined
  readonly source?: string | undefined
  readonly level?: Level | undefined
  /** To be published as they stand. */
  readonly records?: readonly DnsRecord[]
}

/** What a probe says. */
export interface Report<Id extends string = string> {
  /** Something is as it should be. */
  readonly ok: (message: string) => void
  readonly fault: (id: Id, met: Met) => void
  /** Nothing could be looked at, which is nobody's fault. */
  readonly skip: (reason: string) => void
}

/** What the doctor knows of a newsletter. */
export interface Newsletter {
  readonly name: string
  readonly from: Mailbox
  /** Site without a final slash. */
  readonly url?: string | undefined
  readonly postalAddress?: string | undefined
  readonly reason?: string | undefined
  /** Whether readers leave by mail alone. */
  readonly leavesByMail: boolean
  readonly dkim?: DkimNames | undefined
  readonly bounces?: { readonly domain: string } | undefined
  readonly smtp?: SmtpOptions | undefined
}

/** Who signs, and with which files. */
export interface DkimNames {
  readonly domain: string
  readonly selector: string
  /** Relative to the root. */
  readonly keyFile: string
  readonly ed25519?: { readonly selector: string; readonly keyFile: string } | undefined
}

/** What the doctor asks the rest of the house for; app.ts fills it. Nothing of it writes. */
export interface DoctorServices {
  /** Absolute path of the newsletter. */
  readonly root: string
  /** Of the configuration, relative to the root. */
  readonly configFile: string
  /** The secret that signs links, and whether `.env` holds it; undefined before the first send. */
  readonly secret: { readonly value: string; readonly isInFile: boolean } | undefined
  /** Where list and ledger are; undefined: in no file. */
  readonly storeFile: string | undefined
  /** Opens the store to look. @returns when it was last written to, by its own clock. @throws AppError of db/ */
  readonly readStore: () => Promise<{ readonly lastEventAt?: Date | undefined }>
  /** The message of the issue whose message is the largest; undefined without issues. */
  readonly largestMessage: () => Promise<{ readonly issue: string; readonly message: Pick<Message, 'raw'> } | undefined>
  /** One-click address of a test message, which changes nothing; undefined without site or secret. */
  readonly testLink: () => string | undefined
}

/** What probes work with. */
export interface DoctorContext {
  readonly newsletter: Newsletter
  readonly services: DoctorServices
  readonly clock: Clock
  /** Whether DNS and the site may be asked. */
  readonly isOnline: boolean
  /** Asked by online probes alone. */
  readonly dns: Lookup
  /** One connection for all probes of SMTP; undefined without a server. */
  readonly smtp: () => Promise<SmtpInspection | undefined>
  readonly signal: AbortSignal
}

/** One question to a newsletter and its surroundings. */
export interface Probe<Id extends string = string> {
  /** In kebab case; never changes. */
  readonly id: string
  readonly group: Group
  /** Whether it asks the world: only with --online. */
  readonly isOnline: boolean
  /** Who is to blame for a problem; decides the exit code (DESIGN §9). */
  readonly blames: 'configuration' | 'environment'
  /** What it looks at, in a sentence for the reference page. */
  readonly looksAt: string
  readonly faults: Readonly<Record<Id, Fault>>
  readonly run: (context: DoctorContext, report: Report<Id>) => Promise<void> | void
}

/** Ties what a probe reports to the faults it lists. */
export function defineProbe<const Id extends string>(probe: Probe<Id>): Probe {
  // The list of all probes holds them side by side; each knows only its own faults.
  return probe as unknown as Probe
}
