import type { Migration } from '../migration.ts'

/** How much of the limits is used, shared by all that send over the account. */
export const limits: Migration = {
  number: 4,
  name: 'limits',
  up: ({ integer, time, text, keyedTable }) => [
    // `scope`: empty for everything, else a group of domains. `next_us`: microseconds since 1970 of the first moment that
    // nobody has. `owner`: whose the last ones are. `until_at`: after it the owner uses none of them. `shared_until`: as
    // long several processes take turns.
    `CREATE TABLE limit_turns (
      scope ${text} NOT NULL PRIMARY KEY,
      owner ${text} NOT NULL,
      next_us ${integer} NOT NULL,
      until_at ${time} NOT NULL,
      shared_until ${time} NOT NULL
    ) ${keyedTable}`,
    // Messages by hundredth of a window: src/delivery/limits/windows.ts.
    `CREATE TABLE limit_uses (
      scope ${text} NOT NULL,
      period ${text} NOT NULL,
      bucket ${integer} NOT NULL,
      count ${integer} NOT NULL,
      PRIMARY KEY (scope, period, bucket)
    ) ${keyedTable}`,
  ],
}
