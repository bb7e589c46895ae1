import { join } from 'node:path'
import { type Address, AppError, parseAddress } from '../../base/index.ts'
import type { SubscriberStore } from '../../subscriber/index.ts'
import type { CommandContext } from '../command.ts'
import { invalidEmail } from '../errors.ts'

/** Opens the list for `work` and closes it. Blocks and templates are left alone: they cost more than the rest. */
export async function withList<Result>(
  { root, environment, clock }: CommandContext,
  work: (store: SubscriberStore) => Promise<Result>,
): Promise<Result> {
  const [{ loadConfig }, { openDatabase }, { createSubscriberStore }] = await Promise.all([
    import('../../config/index.ts'),
    import('../../db/index.ts'),
    import('../../subscriber/index.ts'),
  ])
  const { config } = await loadConfig(root, environment, join(root, 'node_modules', '.cache', 'letterpress'))
  const database = await openDatabase({ url: config.database.url, root })
  try {
    return await work(createSubscriberStore(database, clock))
  } finally {
    await database.close()
  }
}

/** @throws AppError `command/invalid-email` */
export function readEmail(text: string): Address {
  const email = parseAddress(text.trim())
  if (email) return email
  throw new AppError(invalidEmail.code, invalidEmail.message(text), { kind: 'usage', hint: invalidEmail.hint() })
}
