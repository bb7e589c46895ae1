import type { CommandGroup } from './command.ts'
import { addReader } from './subscribers/add.ts'
import { exportList } from './subscribers/export.ts'
import { importList } from './subscribers/import.ts'
import { listReaders } from './subscribers/list.ts'
import { removeReader } from './subscribers/remove.ts'
import { showReader } from './subscribers/show.ts'

export const subscribers: CommandGroup = {
  name: 'subscribers',
  summary: 'the list: import, export, add, remove, show, list',
  description:
    'The list of readers, kept in data/letterpress.db (DATABASE_URL). Nobody who left, bounced or complained is ever subscribed again by an import or by hand.',
  subcommands: [importList, exportList, addReader, removeReader, showReader, listReaders],
}
