import { join } from 'node:path'
import { packageRoot } from '../../src/base/index.ts'
import type { RenderOptions } from '../../src/render/index.ts'

export const ROOT = packageRoot

export const OPTIONS: RenderOptions = {
  sources: { root: ROOT, builtIn: ROOT, load: { cacheFolder: join(ROOT, 'node_modules/.cache/letterpress-test') } },
  newsletter: {
    name: 'LLM Papers Weekly',
    url: 'https://news.example.com',
    reason: 'You signed up at news.example.com.',
  },
  language: 'en',
  template: 'digest',
}
