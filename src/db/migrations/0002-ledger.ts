import type { ColumnTypes, Migration } from '../migration.ts'

/** Who got what: runs, deliveries, attempts, tests, and who is sending. */
export const ledger: Migration = {
  number: 2,
  name: 'ledger',
  up: (types) => [...createRuns(types), ...createDeliveries(types), ...createTestsAndRunners(types)],
}

function createRuns({ key, integer, time, text, bytes, table, keyedTable }: ColumnTypes): string[] {
  return [
    // One run per issue, for ever. `hash`: of Rendered; `fingerprint`: of what
    // readers see of it, whatever the id. `content`: JSON of what every message is made of, frozen; images stand in run_images.
    // `segment` empty: everybody. `approved_by`: how the author said yes. `forced`: JSON list of what was overridden.
    // The counters move in the same transaction as the deliveries; pending is what is left of `total`.
    // `active_ms`: time spent sending, without waiting for deferred deliveries.
    `CREATE TABLE runs (
      key ${key},
      issue_id ${text} NOT NULL UNIQUE,
      slug ${text} NOT NULL,
      file ${text} NOT NULL,
      hash ${text} NOT NULL,
      fingerprint ${text} NOT NULL,
      content ${text} NOT NULL,
      segment ${text} NOT NULL,
      transport ${text} NOT NULL,
      approved_at ${time} NOT NULL,
      approved_by ${text} NOT NULL CHECK (approved_by IN ('typed', 'flag')),
      forced ${text} NOT NULL,
      state ${text} NOT NULL CHECK (state IN ('open', 'finished', 'paused', 'cancelled')),
      finished_at ${time},
      active_ms ${integer} NOT NULL DEFAULT 0,
      total ${integer} NOT NULL DEFAULT 0,
      handed ${integer} NOT NULL DEFAULT 0,
      accepted ${integer} NOT NULL DEFAULT 0,
      deferred ${integer} NOT NULL DEFAULT 0,
      failed ${integer} NOT NULL DEFAULT 0,
      unknown ${integer} NOT NULL DEFAULT 0,
      skipped ${integer} NOT NULL DEFAULT 0
    ) ${table}`,
    'CREATE INDEX runs_by_fingerprint ON runs (fingerprint)',
    `CREATE TABLE run_images (
      run_key ${integer} NOT NULL REFERENCES runs (key),
      position ${integer} NOT NULL,
      bytes ${bytes} NOT NULL,
      PRIMARY KEY (run_key, position)
    ) ${keyedTable}`,
  ]
}

function createDeliveries({ key, integer, time, text, table, keyedTable }: ColumnTypes): string[] {
  return [
    // `state`: src/delivery/states.ts. `reader_key`: of subscribers, but kept when a reader is forgotten, so no
    // reference. `code`: of the last reply. `note`: why without a reply. No address, no name.
    `CREATE TABLE deliveries (
      run_key ${integer} NOT NULL REFERENCES runs (key),
      reader_key ${integer} NOT NULL,
      state ${integer} NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 6),
      attempts ${integer} NOT NULL DEFAULT 0,
      first_at ${time},
      next_at ${time},
      at ${time},
      code ${integer},
      note ${text},
      PRIMARY KEY (run_key, reader_key)
    ) ${keyedTable}`,
    // Pending rows need none: a cursor on the primary key finds them.
    'CREATE INDEX deliveries_due ON deliveries (run_key, next_at) WHERE state = 3',
    // Everything but plain acceptance. `reader_key` missing: about the server, not about one delivery.
    `CREATE TABLE attempts (
      key ${key},
      run_key ${integer} NOT NULL REFERENCES runs (key),
      reader_key ${integer},
      number ${integer},
      at ${time} NOT NULL,
      kind ${text} NOT NULL CHECK (kind IN ('accepted', 'transient', 'permanent', 'server', 'unknown')),
      fault ${text},
      code ${integer},
      enhanced_code ${text},
      reply ${text} NOT NULL
    ) ${table}`,
    'CREATE INDEX attempts_by_delivery ON attempts (run_key, reader_key)',
  ]
}

function createTestsAndRunners({ key, integer, time, text, table, keyedTable }: ColumnTypes): string[] {
  return [
    // What was looked at before it went out: hash of Rendered.
    `CREATE TABLE tests (
      key ${key},
      issue_id ${text} NOT NULL,
      hash ${text} NOT NULL,
      at ${time} NOT NULL,
      transport ${text} NOT NULL
    ) ${table}`,
    'CREATE INDEX tests_by_hash ON tests (hash)',
    // Who is sending a run; a row whose beat is old, or whose process is gone, holds nobody up.
    `CREATE TABLE runners (
      run_key ${integer} NOT NULL PRIMARY KEY REFERENCES runs (key),
      token ${text} NOT NULL,
      pid ${integer} NOT NULL,
      host ${text} NOT NULL,
      started_at ${time} NOT NULL,
      beat_at ${time} NOT NULL
    ) ${keyedTable}`,
  ]
}
