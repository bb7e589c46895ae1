import type { Hono } from 'hono'
import type { EditorLink, RunBody, RunsBody } from './api.ts'
import { errorBody } from './bodies.ts'
import { noRun } from './errors.ts'
import type { RouteOptions } from './route-options.ts'
import { FilePlace, LeverWish, readPlace, readWish } from './wishes.ts'

/** Addresses of sends. */
export function addRuns(app: Hono, { services }: RouteOptions): void {
  app.get('/api/runs', async (context) => context.json<RunsBody>(await services.listRuns()))
  app.get('/api/runs/:issue', async (context) => {
    const issue = context.req.param('issue')
    const run = await services.readRun(issue)
    return run ? context.json<RunBody>(run) : context.json(errorBody(noRun.code, noRun.message(issue)), 404)
  })
  for (const lever of ['pause', 'resume', 'cancel'] as const) {
    app.post(`/api/runs/:issue/${lever}`, async (context) => {
      const issue = context.req.param('issue')
      const { confirm } = await readWish(context, LeverWish)
      const run = await services.pullLever(issue, lever, confirm)
      return run ? context.json<RunBody>(run) : context.json(errorBody(noRun.code, noRun.message(issue)), 404)
    })
  }
}

/** Addresses that lead into the author's editor. */
export function addEditor(app: Hono, { services }: RouteOptions): void {
  app.get('/api/editor', async (context) => {
    const link = await services.findInEditor(toPlace(readPlace(context)))
    return link ? context.json<EditorLink>(link) : context.notFound()
  })
  app.post('/api/editor', async (context) => {
    const isOpen = await services.openInEditor(toPlace(await readWish(context, FilePlace)))
    return isOpen ? context.body(null, 204) : context.notFound()
  })
}

function toPlace({ file, line, column }: ReturnType<typeof readPlace>) {
  return { file, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) }
}
