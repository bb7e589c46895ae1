import { z } from 'zod'
import { CheckOptions } from '../check/options.ts'
import { DatabaseSection } from '../db/options.ts'
import { LimitsSection, RetrySection } from '../delivery/options.ts'
import { BouncesSection, DkimSection, MailboxOption, UnsubscribeOption } from '../message/options.ts'
import { SmtpSection } from '../transport/options.ts'

const siteUrl = z.string().transform((text, context): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isLocal = url !== undefined && /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname)
  const isPlain = url !== undefined && `${url.search}${url.hash}${url.username}${url.password}` === ''
  if (isPlain && (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal))) {
    return url.href.replace(/\/+$/, '')
  }
  // It may hold a password.
  const quoted = text.includes('@') ? 'what was given' : `"${text}"`
  context.addIssue({ code: 'custom', message: `${quoted} is no https address of a site` })
  return z.NEVER
})

const language = z.string().refine(isLanguage, { error: 'is no language tag such as en, de-AT or ar' })

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

/** A block used by name from issues: its type, attributes, and `body` in Markdown. */
const sharedBlock = z.looseObject({ type: z.string(), body: z.string().optional() })

/** The one schema of configuration file, environment and flags; defaults stand here alone. */
export const ConfigSchema = z.strictObject({
  name: z.string().min(1).max(100).describe('Name of the newsletter, as readers know it.'),
  from: MailboxOption.describe('Sender: "Ada Example <ada@news.example.com>".'),
  replyTo: MailboxOption.optional().describe('Where answers go. Default: the sender.'),
  url: siteUrl
    .optional()
    .describe(
      'Site with the archive and the unsubscribe page (LETTERPRESS_URL). Without it readers unsubscribe by mail and images travel in the mail.',
    ),
  postalAddress: z
    .string()
    .min(1)
    .optional()
    .describe('Postal address in the footer; the law of many countries asks for one.'),
  reason: z.string().min(1).optional().describe('Why readers get this, in the footer.'),
  language: language.default('en').describe('Language of issues that name none (BCP 47).'),
  template: z.string().default('digest').describe('Template of issues that name none.'),
  theme: z
    .string()
    .optional()
    .describe('`almanac`, `harbour`, or the path of a file that exports `theme`. Default: the built-in theme.'),
  blocks: z.record(z.string(), sharedBlock).default({}).describe('Blocks that issues use by name.'),
  unsubscribe: UnsubscribeOption,
  database: DatabaseSection.prefault({}),
  smtp: SmtpSection.prefault({}),
  dkim: DkimSection,
  bounces: BouncesSection,
  limits: LimitsSection.prefault({}),
  retry: RetrySection.prefault({}),
  checks: CheckOptions.prefault({}).describe("Severity or options of a check by its id; 'off' switches one off."),
})

/** A validated configuration. */
export type Config = z.output<typeof ConfigSchema>

type Input = z.input<typeof ConfigSchema>

/** What `defineConfig` takes: secrets may be `env('NAME')`. */
export type ConfigInput = Omit<Input, 'smtp'> & {
  smtp?: Omit<NonNullable<Input['smtp']>, 'url'> & { url?: string | EnvironmentValue }
}

/** A value that stands in the environment or in `.env`, never in the file. */
export interface EnvironmentValue {
  readonly kind: 'environment'
  readonly name: string
}
