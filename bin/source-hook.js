import { readFileSync } from 'node:fs'
import module, { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)

/** Makes this process load the repository's .ts and .tsx, and `letterpress` mean its sources. */
export function registerSources() {
  const { transformSync } = createRequire(import.meta.url)('rolldown/utils')
  module.registerHooks({
    resolve(name, context, next) {
      if (name === 'letterpress') return next(new URL('src/index.ts', root).href, context)
      if (name === 'letterpress/define') return next(new URL('src/define.ts', root).href, context)
      return next(name, context)
    },
    load(url, context, next) {
      if (!url.startsWith(root.href) || !/\.tsx?$/.test(url) || url.includes('/node_modules/'))
        return next(url, context)
      const file = fileURLToPath(url)
      const { code, map, errors } = transformSync(file, readFileSync(file, 'utf8'), {
        jsx: { runtime: 'automatic' },
        sourcemap: true,
        tsconfig: false,
      })
      if (errors.length > 0) throw new SyntaxError(errors.map((error) => error.message).join('\n'))
      const data = Buffer.from(JSON.stringify(map)).toString('base64')
      const source = `${code}\n//# sourceMappingURL=data:application/json;base64,${data}`
      return { format: 'module', source, shortCircuit: true }
    },
  })
}
