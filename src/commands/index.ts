import { build } from './build.ts'
import { check } from './check.ts'
import type { Command } from './command.ts'
import { demo } from './demo.ts'
import { dev } from './dev.ts'
import { init } from './init.ts'
import { newIssue } from './new.ts'
import { test } from './test.ts'

/** Every command, in the order of the help text. */
export const commands: readonly Command[] = [init, newIssue, dev, check, build, test, demo]

export { type Command, type CommandContext, EXIT, type ExitCode } from './command.ts'
