import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { AppError, messageOf } from '../../base/index.ts'
import type { ImportReport, SubscriberStore } from '../../subscriber/index.ts'
import { type CommandContext, defineCommand, EXIT, type ExitCode, type OptionValues } from '../command.ts'
import { fileUnreadable } from '../errors.ts'
import { withList } from './open-list.ts'
import { createImportProgress } from './progress.ts'
import { formatReport, reportToJson } from './report.ts'

const CHUNK_BYTES = 64 * 1024

export const importList = defineCommand({
  name: 'import',
  arguments: '<file>',
  summary: 'take a CSV list in',
  description:
    'Reads a list with the columns email (required), name, language, tags (; between), status, joined and source; any other column becomes a field. Valid rows are taken in one transaction, the others are listed by line (exit code 1). A value replaces the stored one, an empty cell leaves it. Whoever unsubscribed, bounced or complained stays so. On a terminal it shows what would change and asks first.',
  options: [
    { flags: '--dry-run', summary: 'say what would change and write nothing' },
    { flags: '--yes', summary: 'do not ask' },
  ],
  examples: [
    { command: 'subscribers import readers.csv --dry-run', does: 'see what it would do' },
    { command: 'subscribers import readers.csv --yes', does: 'take the list in' },
    { command: 'subscribers import - < readers.csv', does: 'from standard input' },
  ],
  run: runImport,
})

async function runImport(
  context: CommandContext,
  [file = '']: readonly string[],
  options: OptionValues,
): Promise<ExitCode> {
  const { terminal } = context
  const isDryRun = options['dryRun'] === true
  const source = await findSource(context, file)
  return await withList(context, async (store) => {
    const mustAsk =
      terminal.ask && !context.json && !isDryRun && options['yes'] !== true && source.sizeBytes !== undefined
    if (mustAsk && terminal.ask) {
      const trial = await takeIn(context, store, source, true)
      terminal.out(formatReport({ ...trial, isDryRun: false }, source.name, terminal.paint))
      if (trial.isAborted) return EXIT.interrupted
      if (trial.new + trial.changed === 0) {
        terminal.note('There is nothing to take in.')
        return exitOf(trial)
      }
      const answer = await terminal.ask('Take it in? [y/N] ')
      if (!/^y(?:es)?$/i.test(answer?.trim() ?? '')) {
        terminal.note('Nothing was changed.')
        return answer === undefined ? EXIT.interrupted : EXIT.done
      }
      const report = await takeIn(context, store, source, false)
      terminal.out(`Done: ${report.new} new, ${report.changed} changed.`)
      return exitOf(report)
    }
    const report = await takeIn(context, store, source, isDryRun)
    if (context.json) terminal.out(JSON.stringify(reportToJson(report, source.name), null, 2))
    else terminal.out(formatReport(report, source.name, terminal.paint))
    return exitOf(report)
  })
}

/** Where a list is read from, as often as needed; standard input once. */
interface Source {
  readonly name: string
  /** Missing for standard input. */
  readonly sizeBytes?: number
  readonly open: () => Readable
}

async function findSource({ stdin, cwd }: CommandContext, file: string): Promise<Source> {
  if (file === '-') return { name: 'standard input', open: () => stdin }
  const path = resolve(cwd, file)
  try {
    const found = await stat(path)
    if (found.isDirectory()) throw new Error('it is a folder')
    return {
      name: basename(path),
      sizeBytes: found.size,
      open: () => createReadStream(path, { highWaterMark: CHUNK_BYTES }),
    }
  } catch (error) {
    throw refuse(file, error)
  }
}

function refuse(file: string, error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const reason =
    code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'permission denied' : messageOf(error)
  return new AppError(fileUnreadable.code, fileUnreadable.message(file, reason), { kind: 'usage', cause: error })
}

async function takeIn(
  { terminal, signal }: CommandContext,
  store: SubscriberStore,
  source: Source,
  isDryRun: boolean,
): Promise<ImportReport> {
  const progress = createImportProgress(terminal, source.sizeBytes)
  try {
    return await store.importCsv({
      input: readUntil(source.open(), signal),
      fileName: source.name,
      isDryRun,
      signal,
      onProgress: progress.show,
    })
  } catch (error) {
    if (error instanceof AppError || !(error instanceof Error && 'syscall' in error)) throw error
    throw refuse(source.name, error)
  } finally {
    progress.end()
  }
}

// A terminal or a pipe that says nothing would keep Ctrl-C waiting.
async function* readUntil(stream: Readable, signal: AbortSignal): AsyncGenerator<Uint8Array, void> {
  const stop = () => void stream.destroy()
  signal.addEventListener('abort', stop, { once: true })
  try {
    yield* stream as AsyncIterable<Uint8Array>
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function exitOf(report: ImportReport): ExitCode {
  if (report.isAborted) return EXIT.interrupted
  return report.invalid.count > 0 ? EXIT.content : EXIT.done
}
