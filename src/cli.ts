import { writeSync } from 'node:fs'
import { listenForStop } from './base/index.ts'
import { runCommandLine } from './command-line.ts'
import { EXIT } from './commands/index.ts'

const { stdin, stdout, stderr, env } = process
process.exitCode = await runCommandLine(process.argv.slice(2), {
  stdin,
  stdout,
  stderr,
  environment: env,
  cwd: process.cwd(),
  listenForStop: (whenCut) => listenForStop((isUnderWay) => endAtOnce(isUnderWay ? whenCut : undefined)),
  onOutputLost: () => {
    process.exitCode = EXIT.environment
  },
})

/** @param whenCut - what is told of a command that is cut. */
function endAtOnce(whenCut: string | undefined): void {
  if (whenCut !== undefined) writeAtOnce(`${whenCut}\n`)
  process.exit(EXIT.interrupted)
}

/** Past the stream, which might wait for its reader. */
function writeAtOnce(text: string): void {
  try {
    writeSync(2, text)
  } catch {
    // Nobody reads it, or not now.
  }
}
