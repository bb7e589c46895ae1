import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError, messageOf } from '../../base/index.ts'
import type { Segment, SubscriberStore } from '../../subscriber/index.ts'
import { type CommandContext, defineCommand, EXIT, type ExitCode, type OptionValues, textOption } from '../command.ts'
import { fileNotWritten } from '../errors.ts'
import { withList } from './open-list.ts'
import { readerToJson } from './reader-json.ts'

/** Spreadsheets take a file without it for the encoding of the machine. */
const MARK = '\u{FEFF}'
const PAGE = 1000

export const exportList = defineCommand({
  name: 'export',
  summary: 'write the list as CSV',
  description:
    'Writes everybody on the list, whatever their status, with the columns that `import` reads. Cells that a spreadsheet would take for a formula get an apostrophe, which the import takes away again.',
  options: [
    { flags: '--out <file>', summary: 'into a file, for its owner alone (default: standard output)' },
    { flags: '--segment <query>', summary: 'only these readers: tag:NAME' },
    { flags: '--raw', summary: 'for programs: cells as they are, no byte order mark' },
  ],
  examples: [
    { command: 'subscribers export --out readers.csv', does: 'a file for a spreadsheet or another tool' },
    { command: 'subscribers export --segment tag:beta --raw', does: 'some of them, for a program' },
  ],
  run: runExport,
})

async function runExport(context: CommandContext, _args: readonly string[], options: OptionValues): Promise<ExitCode> {
  const { parseSegment } = await import('../../subscriber/index.ts')
  const segment = parseSegment(textOption(options, 'segment') ?? '')
  const out = textOption(options, 'out')
  const isRaw = options['raw'] === true
  return await withList(context, async (store) => {
    const { signal } = context
    const pieces = context.json ? writeJson(store, segment, signal) : store.exportCsv({ segment, isRaw, signal })
    if (out === undefined) await pipeline(Readable.from(pieces), context.stdout, { end: false })
    else await writeFile(resolve(context.cwd, out), context.json || isRaw ? pieces : prepend(MARK, pieces), signal)
    if (signal.aborted) return EXIT.interrupted
    if (out !== undefined) context.terminal.note(`Wrote ${out}.`)
    return EXIT.done
  })
}

// Renamed when it is whole, so that a full disk or Ctrl-C leaves no half list behind.
async function writeFile(path: string, pieces: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  const draft = `${path}.${process.pid}.part`
  try {
    await pipeline(Readable.from(pieces), createWriteStream(draft, { mode: 0o600 }))
    if (signal.aborted) await rm(draft, { force: true })
    else await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    if (error instanceof AppError) throw error
    throw new AppError(fileNotWritten.code, fileNotWritten.message(basename(path), messageOf(error)), {
      kind: 'environment',
      cause: error,
    })
  }
}

async function* prepend(text: string, pieces: AsyncIterable<string>): AsyncGenerator<string, void> {
  yield text
  yield* pieces
}

async function* writeJson(store: SubscriberStore, segment: Segment, signal: AbortSignal): AsyncGenerator<string, void> {
  yield '{"version":1,"readers":['
  let separator = ''
  for (let after = 0; !signal.aborted; ) {
    const page = await store.list({ segment, after, limit: PAGE })
    const last = page.at(-1)
    if (!last) break
    yield separator + page.map((reader) => JSON.stringify(readerToJson(reader))).join(',\n')
    separator = ',\n'
    after = last.key
  }
  yield ']}\n'
}
