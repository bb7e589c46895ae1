import { build } from './build.ts'
import { cancel } from './cancel.ts'
import { check } from './check.ts'
import type { Command, CommandGroup } from './command.ts'
import { demo } from './demo.ts'
import { dev } from './dev.ts'
import { golden } from './golden.ts'
import { doctor } from './doctor.ts'
import { init } from './init.ts'
import { newIssue } from './new.ts'
import { pause } from './pause.ts'
import { plan } from './plan.ts'
import { resume } from './resume.ts'
import { retry } from './retry.ts'
import { send } from './send.ts'
import { serve } from './serve.ts'
import { status } from './status.ts'
import { subscribers } from './subscribers.ts'
import { templates } from './templates.ts'
import { test } from './test.ts'

/** Every command, in the order of the help text. */
export const commands: readonly (Command | CommandGroup)[] = [
  init,
  newIssue,
  dev,
  check,
  build,
  golden,
  test,
  plan,
  send,
  status,
  pause,
  resume,
  retry,
  cancel,
  subscribers,
  doctor,
  templates,
  serve,
  demo,
]

export { type Command, type CommandContext, type CommandGroup, EXIT, type ExitCode } from './command.ts'
export { outputLost, wrongUsage } from './errors.ts'
export { toFileTrouble } from './files.ts'
