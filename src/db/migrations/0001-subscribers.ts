import type { Migration } from '../migration.ts'

/** Readers, the proof that they asked, and the addresses never to mail again. */
export const subscribers: Migration = {
  number: 1,
  name: 'subscribers',
  up: ({ key, integer, time, text, table, keyedTable }) => [
    // `key`: order of insertion, for cursors and the ledger. `id`: opaque, for tokens and Message-IDs.
    // `email` as given; `email_key` is what two spellings of one address share, and also stands in suppressions.
    // `tags`: `;weekly;beta;` or empty, so that one tag is found without a join. `fields`: JSON, keys sorted.
    `CREATE TABLE subscribers (
      key ${key},
      id ${text} NOT NULL UNIQUE,
      email ${text} NOT NULL,
      email_key ${text} NOT NULL UNIQUE,
      name ${text},
      language ${text},
      status ${text} NOT NULL CHECK (status IN ('active', 'pending', 'unsubscribed', 'bounced', 'complained')),
      tags ${text} NOT NULL,
      fields ${text} NOT NULL,
      joined_at ${time} NOT NULL,
      source ${text},
      created_at ${time} NOT NULL,
      updated_at ${time} NOT NULL
    ) ${table}`,
    `CREATE TABLE consents (
      subscriber_key ${integer} NOT NULL REFERENCES subscribers (key) ON DELETE CASCADE,
      at ${time} NOT NULL,
      kind ${text} NOT NULL,
      source ${text},
      detail ${text},
      PRIMARY KEY (subscriber_key, at, kind)
    ) ${keyedTable}`,
    `CREATE TABLE suppressions (
      email_key ${text} NOT NULL PRIMARY KEY,
      reason ${text} NOT NULL,
      at ${time} NOT NULL,
      detail ${text}
    ) ${keyedTable}`,
  ],
}
