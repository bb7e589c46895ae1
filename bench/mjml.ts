// Rendering with an MJML template beside the compiler alone: node scripts/run.js bench/mjml.ts [ROUNDS]
import { availableParallelism } from 'node:os'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import mjml2html from 'mjml'
import { openApp } from '../src/app.ts'
import { createTerminal, packageRoot, systemClock } from '../src/base/index.ts'
import type { Issue } from '../src/issue/index.ts'
import { loadBlocks, type Sources } from '../src/render/index.ts'
import { restoreBodies } from '../src/render/mjml/bodies.ts'
import { runLiquid } from '../src/render/mjml/liquid.ts'
import { renderMjml } from '../src/render/mjml/render-mjml.ts'
import { buildView } from '../src/render/mjml/view.ts'
import { loadTheme } from '../src/render/registry.ts'
import type { BlockComponents, TemplateProps } from '../src/render/template.ts'
import { directionOf, loadWords } from '../src/render/words/index.ts'

const rounds = Number(process.argv[2] ?? 60)
const url = 'https://news.example.com'
const load = { cacheFolder: join(packageRoot, 'node_modules', '.cache', 'letterpress') }
const sources: Sources = { root: packageRoot, builtIn: packageRoot, load }
const blocks = await loadBlocks(sources)
const theme = await loadTheme(undefined, sources)
const terminal = createTerminal({ stdout: process.stdout, stderr: process.stderr, quiet: true, colour: false })
const app = await openApp({ root: packageRoot, environment: {}, clock: systemClock, terminal })

console.log(`Node ${process.version}, ${availableParallelism()} CPUs, medians of ${rounds} alternating runs.`)
console.log('\n| issue | template | mjml alone, ms | Liquid, mjml and tidying, ms | ratio |\n|---|---|---|---|---|')
const ratios: number[] = []
for (const { issue } of await app.inspect([])) {
  if (!issue) continue
  for (const template of ['compact', 'classic']) {
    const file = join(packageRoot, 'templates', `${template}.mjml`)
    const props = prepare(issue)
    const text = readFileSync(file, 'utf8')
    const { scope, bodies } = buildView(props, blocks)
    // What the compiler alone would be given: the whole text, as every other tool gives it.
    const printed = restoreBodies(runLiquid({ file, text }, scope, props.language), bodies)
    const bare: number[] = []
    const whole: number[] = []
    for (let round = 0; round < rounds; round++) {
      bare.push(await time(() => mjml2html(printed)))
      whole.push(await time(() => renderMjml(file, props, blocks, sources)))
    }
    const ratio = median(whole) / median(bare)
    ratios.push(ratio)
    const figures = [median(bare), median(whole), ratio].map((value) => value.toFixed(2))
    console.log(`| ${issue.slug} | ${template} | ${figures.join(' | ')} |`)
  }
}
console.log(`\nMedian ratio ${median(ratios).toFixed(2)}, largest ${Math.max(...ratios).toFixed(2)}; goal 1.2.`)

function prepare(issue: Issue): TemplateProps {
  const language = issue.language ?? 'en'
  return {
    issue,
    newsletter: { name: 'LLM Papers Weekly', url, postalAddress: '1 Example Street', reason: 'You signed up.' },
    theme,
    words: loadWords(language),
    language,
    direction: directionOf(language),
    blocks: Object.fromEntries(blocks.map((block) => [block.name, block.Component])) as BlockComponents,
    archiveUrl: `${url}/issues/${issue.id}/`,
  }
}

async function time(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
