import { AppError } from '../base/index.ts'
import { type CommandContext, defineCommand, EXIT, type ExitCode, type OptionValues, textOption } from './command.ts'

const RESOLVER = 'LETTERPRESS_DOCTOR_RESOLVER'

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'see whether mail can leave and arrive: configuration, keys, SMTP, DNS',
  description: `Looks at the configuration, the secret and whether git keeps it, the DKIM keys, the SMTP server (it connects and logs in, and sends nothing), the store and the clock. With --online it also asks DNS for SPF, DKIM, DMARC, MX and PTR, and the site whether one-click unsubscribe answers. What is wrong is said with what it does to the mail and the record to publish, ready to copy; docs/doctor.md lists all of it. It changes nothing. Exit code 2 when the configuration is wrong, 4 when something around it is; warnings alone are 0.`,
  options: [
    { flags: '--online', summary: 'also ask DNS and the site' },
    {
      flags: '--resolver <address>',
      summary: `name server to ask, IP address and port (default: ${RESOLVER}, else as this machine does)`,
    },
  ],
  examples: [
    { command: 'doctor', does: 'look at what is here, and at the SMTP server' },
    { command: 'doctor --online', does: 'before the first send, and after each change of DNS' },
    {
      command: 'doctor --online --resolver 9.9.9.9',
      does: 'ask another name server, which does not remember old records',
    },
    { command: '--json doctor --online', does: 'everything for a program, such as a daily job' },
  ],
  run: runDoctor,
})

async function runDoctor(context: CommandContext, _args: readonly string[], options: OptionValues): Promise<ExitCode> {
  const { terminal, json } = context
  const { formatJson, formatPretty } = await import('../doctor/index.ts')
  terminal.rewrite(terminal.errPaint.dim('Looking …'))
  const examination = await examineNewsletter(context, options).finally(() => terminal.rewrite(''))
  if (context.signal.aborted) return EXIT.interrupted
  terminal.out(json ? formatJson(examination) : formatPretty(examination, terminal.paint))
  if (examination.blames === undefined) return EXIT.done
  return examination.blames === 'configuration' ? EXIT.usage : EXIT.environment
}

async function examineNewsletter(context: CommandContext, options: OptionValues) {
  const [{ openApp }, { createDoctorServices, describeNewsletter }, { examine, failToLoad }] = await Promise.all([
    import('../app.ts'),
    import('../doctor-services.ts'),
    import('../doctor/index.ts'),
  ])
  const isOnline = options['online'] === true
  let parts: Pick<Parameters<typeof examine>[0], 'newsletter' | 'services'>
  try {
    const app = await openApp(context)
    parts = { newsletter: describeNewsletter(app), services: createDoctorServices(app) }
  } catch (error) {
    // What keeps everything else from working is the doctor's first finding.
    if (!(error instanceof AppError)) throw error
    return failToLoad(error.message, error.hint, isOnline)
  }
  const resolver = textOption(options, 'resolver') ?? (context.environment[RESOLVER] || undefined)
  return await examine({ ...parts, clock: context.clock, isOnline, dns: { resolver }, signal: context.signal })
}
