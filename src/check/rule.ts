import type { z } from 'zod'
import type { Mailbox, Position, Range, Severity } from '../base/index.ts'
import type { Issue } from '../issue/index.ts'
import type { Message } from '../message/index.ts'
import type { Rendered, SlotValues } from '../render/index.ts'
import type { Part } from './finding.ts'
import type { HtmlPage } from './html.ts'
import type { Look } from './style/look.ts'
import type { LinkState } from './online/probe.ts'

/** What a rule hands to `report`; the engine adds the rest. */
export interface Report {
  readonly message: string
  /** Default: the rule's. */
  readonly remedy?: string
  /** Default: the rule's. The configuration overrides both. */
  readonly severity?: Severity
  readonly range?: Range | undefined
  readonly part?: Part
  readonly position?: Position
  readonly excerpt?: string
}

/** An issue as one reader would get it. */
export interface Copy {
  readonly html: HtmlPage
  readonly text: string
  readonly subject: string
  readonly preheader: string
}

/** What rules know of the newsletter itself; nothing of it is known when only a text is checked. */
export interface NewsletterFacts {
  readonly name: string
  readonly from: Mailbox
  readonly replyTo?: Mailbox | undefined
  /** Site without a final slash. */
  readonly url?: string | undefined
  readonly postalAddress?: string | undefined
}

export interface IssueContext<Options> {
  readonly issue: Issue
  /** Missing: rules that ask for it keep quiet. */
  readonly newsletter?: NewsletterFacts | undefined
  /** The issue file's text, when the caller has it. */
  readonly source?: string | undefined
  /** The built mail, where there is one; missing when only a text is checked. */
  readonly html?: HtmlPage | undefined
  readonly options: Options
  readonly report: (found: Report) => void
}

export interface RenderedContext<Options> extends IssueContext<Options>, Copy {
  readonly html: HtmlPage
  readonly rendered: Rendered
  /** Values that `html` and `text` were filled with. */
  readonly sample: SlotValues
  /** The copy of a reader of whom nothing but the address is known. */
  readonly emptyCopy: () => Copy
  /** How `html` looks, from its styles. */
  readonly look: () => Look
  readonly message?: Message | undefined
  /** What the linked pages answered, by address; missing where nobody asked. */
  readonly pages?: ReadonlyMap<string, LinkState> | undefined
}

export interface MessageContext<Options> extends RenderedContext<Options> {
  readonly message: Message
}

/** What a rule must have to run: the issue alone, its rendered form, or a message of it. */
export type Needs = 'issue' | 'rendered' | 'message'

export type CheckContext<N extends Needs, Options> = N extends 'issue'
  ? IssueContext<Options>
  : N extends 'rendered'
    ? RenderedContext<Options>
    : MessageContext<Options>

/** A rule about quality. Help and reference pages are generated from it. */
export interface Rule<Id extends string = string, N extends Needs = Needs, Options extends z.ZodObject = z.ZodObject> {
  /** `thing-trouble`, in kebab case; never changes. */
  readonly id: Id
  readonly severity: Severity
  readonly needs: N
  /** The trouble in a few words, without a full stop. */
  readonly summary: string
  /** What it does to readers or to delivery, and where the rule keeps quiet. */
  readonly why: string
  readonly remedy: string
  readonly reference: string
  /** Examples in Markdown or HTML. */
  readonly bad: string
  readonly good: string
  readonly options: Options
  /** Codes of diagnostics that say the same; a finding at the place of one is left out. */
  readonly saidBy?: readonly string[]
  check(context: CheckContext<N, z.output<Options>>): void
}

/** Ties a rule's `check` to what it needs and to the type of its options. */
export function defineRule<const Id extends string, const N extends Needs, Options extends z.ZodObject>(
  rule: Rule<Id, N, Options>,
): Rule<Id, N, Options> {
  return rule
}
