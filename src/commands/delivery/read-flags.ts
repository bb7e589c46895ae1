import { AppError } from '../../base/index.ts'
import { badDuration, badTime, parseDuration, parseStart } from '../../delivery/index.ts'
import { type CommandContext, type OptionValues, textOption } from '../command.ts'
import type { SendFlags } from './job.ts'

const WAIT_MS = 30 * 60_000

/** The flags of `send`, `resume` and `retry`. @throws AppError `delivery/bad-duration`, `delivery/bad-time` */
export function readFlags(context: CommandContext, options: OptionValues): SendFlags {
  const wait = textOption(options, 'wait')
  const waitMs = wait === undefined ? WAIT_MS : parseDuration(wait)
  if (waitMs === undefined) {
    throw new AppError(badDuration.code, badDuration.message(wait ?? ''), { kind: 'usage', hint: badDuration.hint() })
  }
  const segment = textOption(options, 'segment')
  const at = textOption(options, 'at')
  return {
    ...(segment === undefined ? {} : { segment }),
    ...(at === undefined ? {} : { startsAt: readStart(context, at) }),
    isYes: options['yes'] === true,
    isForced: options['force'] === true,
    withNewReaders: options['newReaders'] === true,
    waitMs,
    unknown: readUnknown(textOption(options, 'unknown'), context.terminal.ask !== undefined),
    isStrict: options['strict'] === true,
  }
}

function readStart({ clock, terminal }: CommandContext, text: string): Date {
  const parsed = parseStart(text, clock.now())
  if ('problem' in parsed) {
    throw new AppError(badTime.code, badTime.message(text, parsed.problem), { kind: 'usage', hint: badTime.hint() })
  }
  if (parsed.remark) terminal.note(parsed.remark)
  return parsed.startsAt
}

// Where nobody can be asked, asking means leaving them alone.
function readUnknown(given: string | undefined, canAsk: boolean): 'ask' | 'resend' | 'skip' {
  if (given === 'resend' || given === 'skip') return given
  return canAsk ? 'ask' : 'skip'
}
