import type { CommandOption } from '../command.ts'

/** Flags of everything that goes on with a send. */
export const GOING_ON: readonly CommandOption[] = [
  {
    flags: '--wait <duration>',
    summary: 'how long to wait for what the server deferred: 90s, 30m, 2h (default: 30m)',
  },
  {
    flags: '--unknown <what>',
    summary: 'messages that may or may not have arrived (default: ask on a terminal, else skip)',
    choices: ['ask', 'resend', 'skip'],
  },
  { flags: '--strict', summary: 'end with 3 when a reader was refused for good' },
]

export const FORCE_LATE: CommandOption = {
  flags: '--force',
  summary: 'start although its time was more than 24 hours ago; the ledger keeps that',
}

export const WHEN_CUT = 'Ended at once: what was in flight is in doubt. `letterpress status` shows it.'
