import type { Migration } from '../migration.ts'

/** What the author does with a run: scheduling it, pausing, cancelling, trying again. */
export const control: Migration = {
  number: 3,
  name: 'control',
  up: ({ key, integer, time, text, table, keyedTable }) => [
    // Apart from the counters, which change with every commit, and which the list of runs reads.
    `CREATE TABLE run_contents (
      run_key ${integer} NOT NULL PRIMARY KEY REFERENCES runs (key),
      content ${text} NOT NULL
    ) ${keyedTable}`,
    'INSERT INTO run_contents (run_key, content) SELECT key, content FROM runs',
    'ALTER TABLE runs DROP COLUMN content',
    // `starts_at`: scheduled for then; missing once it has begun, or was never scheduled. `started_at`: when a scheduled
    // one began. `by_serve`: 1 while nobody sits before it, so that the next `serve` goes on after a restart.
    `ALTER TABLE runs ADD COLUMN starts_at ${time}`,
    `ALTER TABLE runs ADD COLUMN started_at ${time}`,
    `ALTER TABLE runs ADD COLUMN by_serve ${integer} NOT NULL DEFAULT 0`,
    // The story of a run: src/delivery/run-events.ts.
    `CREATE TABLE run_events (
      key ${key},
      run_key ${integer} NOT NULL REFERENCES runs (key),
      at ${time} NOT NULL,
      what ${text} NOT NULL,
      how ${text},
      detail ${text}
    ) ${table}`,
    'CREATE INDEX run_events_by_run ON run_events (run_key)',
    `INSERT INTO run_events (run_key, at, what, how, detail)
      SELECT key, approved_at, 'approved', approved_by, CASE forced WHEN '[]' THEN NULL ELSE forced END FROM runs`,
  ],
}
