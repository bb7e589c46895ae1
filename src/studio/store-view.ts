import { existsSync, statSync } from 'node:fs'
import type { App } from '../app.ts'
import { type Database, parseDatabaseUrl } from '../db/index.ts'

/** The store, when there is one: looking makes none. */
export interface StoreView {
  /** @returns undefined without a store. @throws AppError of db/ */
  read<T>(app: App, work: (db: Database) => Promise<T>): Promise<T | undefined>
  /** Changes with every commit, also of other processes; empty without a store. */
  stamp(app: App): string
  close(): Promise<void>
}

export function createStoreView(): StoreView {
  let opened: { readonly name: string; readonly db: Promise<Database> } | undefined
  const letGo = async () => {
    const last = opened
    opened = undefined
    await last?.db.then(async (db) => await db.close()).catch(() => undefined)
  }
  return {
    async read(app, work) {
      const place = placeOf(app)
      const stat = statSync(place, { throwIfNoEntry: false })
      if (!stat) {
        await letGo()
        return undefined
      }
      // A store that was deleted and made anew is another one.
      const name = `${place} ${stat.ino}`
      if (opened?.name !== name) {
        await letGo()
        opened = { name, db: app.openStoreForReading() }
      }
      const mine = opened
      try {
        return await work(await mine.db)
      } catch (error) {
        if (opened === mine) await letGo()
        throw error
      }
    },
    stamp(app) {
      const place = placeOf(app)
      if (!existsSync(place)) return ''
      return [place, `${place}-wal`]
        .map((path) => {
          const stat = statSync(path, { throwIfNoEntry: false })
          return stat ? `${stat.ino}:${stat.mtimeMs}:${stat.size}` : ''
        })
        .join(' ')
    },
    close: letGo,
  }
}

function placeOf({ config, root }: App): string {
  return parseDatabaseUrl(config.database.url, root)
}
