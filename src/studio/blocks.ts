import type { App } from '../app.ts'
import { sourceOf } from '../check/index.ts'
import { addFrame, type BlockSample, imageUrl } from '../preview/index.ts'

/** Of one state of configuration, blocks and templates. */
const known = new WeakMap<App, Promise<BlockSample[]>>()

/** Each block of the registry, by its own example in a mail that has nothing else. */
export async function listBlocks(app: App): Promise<BlockSample[]> {
  const samples = known.get(app) ?? renderSamples(app)
  known.set(app, samples)
  return await samples
}

async function renderSamples(app: App): Promise<BlockSample[]> {
  return await Promise.all(
    app.blocks.map(async ({ name, summary, example }) => {
      const file = `issues/block-${name}.md`
      const inspection = await app.inspectSource(writeSample(name, summary, example), file)
      const { rendered, diagnostics } = inspection
      const html = rendered && app.read(rendered, (image) => imageUrl(`block-${name}`, image.filename)).html
      return {
        name,
        summary,
        source: example,
        ...(html === undefined ? {} : { html }),
        diagnostics: diagnostics.map((one) => addFrame(one, sourceOf(one, inspection))),
      }
    }),
  )
}

/** The page shows what lies between them. */
const BEFORE = 'A line of text before it.'
const AFTER = 'And a line after it.'

// A table of contents has something to list.
function writeSample(name: string, summary: string, example: string): string {
  return `---
title: ${JSON.stringify(name)}
subtitle: ${JSON.stringify(summary)}
week: 2024-W11
---
${BEFORE}

${example}

${AFTER}

## First section

### [An entry](https://example.com/first)

A paragraph.

## Second section

### [Another entry](https://example.com/second)

A paragraph.
`
}
