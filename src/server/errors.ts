import type { ErrorData } from '../base/index.ts'

export const portInUse = {
  code: 'server/port-in-use',
  title: 'The port of the public pages is taken',
  message: (port: number, host: string) => `Port ${port} on ${host} is taken by another program.`,
  hint: () => 'Stop that program, or choose another port with --port.',
} satisfies ErrorData

export const cannotListen = {
  code: 'server/cannot-listen',
  title: 'The public pages cannot be served',
  message: (port: number, host: string, reason: string) => `Nothing can listen on ${host}, port ${port}: ${reason}.`,
  hint: () => '--host takes an address of this machine, --port a number from 1 to 65535.',
} satisfies ErrorData

/** Every error of this module, for docs/errors.md. */
export const serverErrors: readonly ErrorData[] = [portInUse, cannotListen]
