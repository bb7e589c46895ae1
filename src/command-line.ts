import { resolve } from 'node:path'
import { Command as Program, CommanderError } from 'commander'
import {
  AppError,
  createTerminal,
  explainFileError,
  findNearest,
  type InputStream,
  messageOf,
  type Output,
  type OutputStream,
  readVersion,
  type StopRequests,
  systemClock,
  type Terminal,
  watchOutput,
} from './base/index.ts'
import {
  type Command,
  type CommandGroup,
  commands,
  EXIT,
  type ExitCode,
  outputLost,
  toFileTrouble,
  wrongUsage,
} from './commands/index.ts'
import type { Environment } from './config/index.ts'

const FAULT = 'This is a fault of letterpress. LETTERPRESS_DEBUG=1 shows where it happened.'

interface GlobalOptions {
  readonly root: string
  readonly json: boolean
  readonly quiet: boolean
  readonly color: boolean
}

/** What a command line runs in: a process, or whoever stands for one. */
export interface Host {
  readonly stdin: InputStream
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  readonly environment: Environment
  /** Absolute path of the folder it is started in. */
  readonly cwd: string
  /**
   * Begins to listen for requests to stop.
   *
   * @param whenCut - what is to be told when another request ends the command at once.
   */
  readonly listenForStop: (whenCut: string | undefined) => StopRequests
  /** Called when standard output cannot be written any more, also after the end. */
  readonly onOutputLost?: () => void
}

/** A host, and what has become of its standard output. */
interface Place extends Host {
  readonly output: Output
}

/**
 * Runs one command line to its end.
 *
 * @param argv - what stands behind the name of the program.
 * @returns the exit code, once everything written is out or never will be.
 */
export async function runCommandLine(argv: readonly string[], host: Host): Promise<ExitCode> {
  const { stdout, stderr } = host
  const output = watchOutput(stdout, stderr, (error) => {
    host.onOutputLost?.()
    const { code, message } = outputLost
    stderr.write(`error ${code}  ${message(explainFileError(error)?.reason ?? messageOf(error))}\n`)
  })
  const exitCode = await runProgram(argv, { ...host, output })
  await output.flush()
  return output.state() === 'lost' ? EXIT.environment : exitCode
}

async function runProgram(argv: readonly string[], place: Place): Promise<ExitCode> {
  const json = isJson(argv)
  const program = createProgram(json, place)
  let exitCode: ExitCode = EXIT.done
  const add = (parent: Program, command: Command) =>
    addCommand(parent, command, async (args, options) => {
      exitCode = await runCommand(command, args, options, { ...program.opts<GlobalOptions>(), place })
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
    if (!(error instanceof CommanderError)) throw error
    if (json) writeOutcome(place, error)
    return error.exitCode === 0 ? EXIT.done : EXIT.usage
  }
}

// Before the command line is understood: what is wrong with it must be told in the right form.
function isJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  return (end < 0 ? argv : argv.slice(0, end)).includes('--json')
}

/** What commander has told a person on stderr. */
function writeOutcome({ stdout }: Host, { code, exitCode: failed, message }: CommanderError): void {
  if (code === 'commander.version') writeJson(stdout, { letterpress: readVersion(), node: process.versions.node })
  if (failed === 0) return
  const reason = code === 'commander.help' ? 'No command is named.' : dropFarNames(message).replace(/^error: /, '')
  writeJson(stdout, { error: { code: wrongUsage.code, message: wrongUsage.message(reason), hint: wrongUsage.hint() } })
}

function writeJson(stdout: OutputStream, content: object): void {
  stdout.write(`${JSON.stringify({ version: 1, ...content }, null, 2)}\n`)
}

/** Leaves out what commander thinks was meant when it is nothing like what was typed. */
function dropFarNames(text: string): string {
  const typed = /'-*([^']*)'/.exec(text)?.[1] ?? ''
  return text.replace(/\n\(Did you mean (?:one of )?([^?]*)\?\)/, (all, names: string) => {
    const known = names.split(', ').map((name) => name.replace(/^-+/, ''))
    return findNearest(typed, known) === undefined ? '' : all
  })
}

function createProgram(json: boolean, { stdout, stderr }: Host): Program {
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
    .configureOutput({
      writeOut: (text) => void (json ? stderr : stdout).write(text),
      writeErr: (text) => void stderr.write(text),
      outputError: (text, write) => write(dropFarNames(text)),
    })
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
  { place, ...global }: GlobalOptions & { readonly place: Place },
): Promise<ExitCode> {
  const { stdin, stdout, stderr, environment, cwd, output } = place
  const streams = createTerminal({ stdout, stderr, stdin, quiet: global.quiet, colour: global.color })
  let hasWritten = false
  const terminal: Terminal = {
    ...streams,
    out: (text) => {
      hasWritten = true
      streams.out(text)
    },
  }
  let requests: StopRequests | undefined
  try {
    const context = {
      root: resolve(cwd, global.root),
      cwd,
      terminal,
      stdin,
      stdout,
      json: global.json,
      environment,
      clock: systemClock,
      // Listening replaces Node's own ending at once, so only a command that has something to drain does it.
      get signal() {
        return (requests ??= place.listenForStop(command.whenCut)).signal
      },
    }
    return await command.run(context, args, options)
  } catch (error) {
    // The cause of the failure, and told of as far as there is anybody to tell.
    if (output.state() !== 'whole' && isOfStream(error)) return EXIT.cutOff
    const failure = toFileTrouble(error, 'What was written before that stays as it is.') ?? error
    if (global.json && !hasWritten) writeJson(stdout, { error: describeFailure(failure) })
    return reportFailure(failure, terminal, Boolean(environment['LETTERPRESS_DEBUG']))
  } finally {
    requests?.release()
  }
}

function isOfStream(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code === 'EPIPE' || code === 'ENOSPC' || code.startsWith('ERR_STREAM')
}

function describeFailure(error: unknown): { code: string; message: string; hint: string | null } {
  if (error instanceof AppError) return { code: error.code, message: error.message, hint: error.hint ?? null }
  return { code: 'unexpected', message: messageOf(error), hint: FAULT }
}

function reportFailure(error: unknown, terminal: Terminal, isDebugged: boolean): ExitCode {
  const { red, cyan } = terminal.errPaint
  if (error instanceof AppError) {
    terminal.err(
      `${red('error')} ${error.code}  ${error.message}${error.hint ? `\n  ${cyan('hint:')} ${error.hint}` : ''}`,
    )
    return error.kind === 'usage' ? EXIT.usage : EXIT.environment
  }
  const stack = isDebugged && error instanceof Error ? `\n${error.stack ?? ''}` : ''
  terminal.err(`${red('error')} unexpected  ${messageOf(error)}${stack}`)
  terminal.err(`  ${cyan('hint:')} ${FAULT}`)
  return EXIT.environment
}
