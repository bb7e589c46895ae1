import type { ErrorData } from '../base/index.ts'

export const invalidResolver = {
  code: 'doctor/invalid-resolver',
  title: 'A name server that cannot be asked',
  message: (text: string) => `"${text}" is no address of a name server.`,
  hint: () => 'Write an IP address, with a port if need be: --resolver 9.9.9.9, or --resolver 127.0.0.1:5353.',
} satisfies ErrorData

/** Every error of this module, for docs/errors.md. */
export const doctorErrors: readonly ErrorData[] = [invalidResolver]
