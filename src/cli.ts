import { resolve } from 'node:path'
import { Command as Program, CommanderError } from 'commander'
import {
  AppError,
  createTerminal,
  messageOf,
  onParentLost,
  readVersion,
  systemClock,
  type Terminal,
} from './base/index.ts'
import { type Command, type CommandGroup, commands, EXIT, type ExitCode, toFileTrouble } from './commands/index.ts'

/** A second signal within this time is the launcher's echo of the first; a later one means "at once". */
const ECHO_MS = 500

interface GlobalOptions {
  readonly root: string
  readonly json: boolean
  readonly quiet: boolean
  readonly color: boolean
}

// A closed pipe (`| head`) ends the command quietly.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.done)
    throw error
  })
}

process.exitCode = await main(process.argv.slice(2))

async function main(argv: readonly string[]): Promise<ExitCode> {
  const program = createProgram()
  let exitCode: ExitCode = EXIT.done
  const add = (parent: Program, command: Command) =>
    addCommand(parent, command, async (args, options) => {
      exitCode = await runCommand(command, args, options, program.opts<GlobalOptions>())
    })
  for (const command of commands) {
    if (!('subcommands' in command)) add(program, command)
    else {
      const group = addGroup(program, command)
      for (const sub of command.subcommands) add(group, sub)
    }
  }
  try {
    await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    throw error
  }
}

function createProgram(): Program {
  return new Program('letterpress')
    .description('Newsletters as code: write an issue in Markdown, see it as readers will, mail it over SMTP.')
    .version(
      `letterpress ${readVersion()} (node ${process.versions.node})`,
      '--version',
      'print the versions of tool and runtime',
    )
    .option('--root <folder>', 'folder of the newsletter', '.')
    .option('--json', 'one JSON document on stdout, everything else on stderr', false)
    .option('--quiet', 'no progress and remarks', false)
    .option('--no-color', 'no colours')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .showSuggestionAfterError()
    .showHelpAfterError('(letterpress --help lists the commands)')
    .exitOverride()
}

type Action = (args: readonly string[], options: Record<string, string | boolean>) => Promise<void>

function addGroup(program: Program, { name, summary, description }: CommandGroup): Program {
  return program
    .command(name)
    .usage('COMMAND')
    .summary(summary)
    .description(description)
    .helpCommand(false)
    .showHelpAfterError(`(letterpress ${name} --help lists the commands)`)
}

function addCommand(program: Program, command: Command, action: Action): void {
  const sub = program
    .command(`${command.name}${command.arguments ? ` ${command.arguments}` : ''}`)
    .summary(command.summary)
    .description(command.description)
  for (const { flags, summary, choices } of command.options) {
    const option = sub.createOption(flags, summary)
    sub.addOption(choices ? option.choices(choices) : option)
  }
  const examples = command.examples.map(({ command: line, does }) => `  $ letterpress ${line}\n      ${does}`)
  sub.addHelpText('after', `\nExamples:\n${examples.join('\n')}\n`)
  sub.action(async (...given: unknown[]) => {
    const args = given
      .slice(0, -2)
      .flat()
      .filter((value) => typeof value === 'string')
    await action(args, given.at(-2) as Record<string, string | boolean>)
  })
}

async function runCommand(
  command: Command,
  args: readonly string[],
  options: Record<string, string | boolean>,
  global: GlobalOptions,
): Promise<ExitCode> {
  const { stdin, stdout, stderr, env } = process
  const terminal = createTerminal({ stdout, stderr, stdin, quiet: global.quiet, colour: global.color })
  const root = resolve(global.root)
  try {
    let signal: AbortSignal | undefined
    const context = {
      root,
      cwd: process.cwd(),
      terminal,
      json: global.json,
      environment: env,
      clock: systemClock,
      // Listening replaces Node's own ending at once, so only a command that has something to drain does it.
      get signal() {
        return (signal ??= listenForStop())
      },
    }
    return await command.run(context, args, options)
  } catch (error) {
    return reportFailure(toFileTrouble(error, 'What was written before that stays as it is.') ?? error, terminal)
  }
}

/** Aborts on the first request to stop; a second one, later than an echo, ends the process at once. */
function listenForStop(): AbortSignal {
  const controller = new AbortController()
  let stoppedAt: number | undefined
  const stop = () => {
    const now = performance.now()
    if (stoppedAt !== undefined && now - stoppedAt > ECHO_MS) process.exit(EXIT.interrupted)
    stoppedAt ??= now
    controller.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  onParentLost(stop)
  return controller.signal
}

function reportFailure(error: unknown, terminal: Terminal): ExitCode {
  const { red, cyan } = terminal.errPaint
  if (error instanceof AppError) {
    terminal.err(
      `${red('error')} ${error.code}  ${error.message}${error.hint ? `\n  ${cyan('hint:')} ${error.hint}` : ''}`,
    )
    return error.kind === 'usage' ? EXIT.usage : EXIT.environment
  }
  const stack = process.env['LETTERPRESS_DEBUG'] && error instanceof Error ? `\n${error.stack ?? ''}` : ''
  terminal.err(`${red('error')} unexpected  ${messageOf(error)}${stack}`)
  terminal.err(`  ${cyan('hint:')} This is a fault of letterpress. LETTERPRESS_DEBUG=1 shows where it happened.`)
  return EXIT.environment
}
