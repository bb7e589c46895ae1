import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fillForReading, fillSlots, holdImages, splitSlots } from '../../src/render/index.ts'
import { placeImages } from '../../src/render/images.ts'
import { seedRandom } from '../helpers/random.ts'
import { makeSources, read, render } from './make.ts'

const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const SITE = { newsletter: { name: 'X', url: 'https://news.example.com' } }

const withPlot = (name = 'plot.gif') => makeSources({ [`issues/week-11/${name}`]: GIF })

describe('a local image', () => {
  test('travels in the mail where the newsletter has no site', async () => {
    const { rendered, diagnostics } = await render('![A plot](week-11/plot.gif)\n', withPlot())
    expect(diagnostics).toEqual([])
    const [image] = rendered?.images ?? []
    expect(image).toMatchObject({ contentType: 'image/gif', path: expect.stringMatching(/plot\.gif$/) as string })
    expect(image?.src).toBe(`cid:${image?.cid}`)
    expect(image?.cid).toMatch(/^[0-9a-f]{12}@letterpress\.invalid$/)
    expect(fillSlots(rendered?.html ?? [], {}, 'html')).toContain(`src="${image?.src}"`)
    expect(fillSlots(rendered?.text ?? [], {}, 'text')).toContain('[Image: A plot]')
  })

  test('is loaded from the archive where it has one', async () => {
    const { rendered } = await render('![A plot](week-11/plot.gif)\n', withPlot(), SITE)
    const [image] = rendered?.images ?? []
    expect(image?.cid).toBeUndefined()
    expect(image?.src).toMatch(/^https:\/\/news\.example\.com\/issues\/week-11\/plot-[0-9a-f]{12}\.gif$/)
    expect(fillSlots(rendered?.html ?? [], {}, 'html')).toContain(`src="${image?.src}"`)
  })

  test('changes hash and address with its bytes', async () => {
    for (const over of [{}, SITE]) {
      const sources = withPlot()
      const before = (await render('![A plot](week-11/plot.gif)\n', sources, over)).rendered
      writeFileSync(join(sources.root, 'issues/week-11/plot.gif'), Buffer.concat([GIF, Buffer.from([0])]))
      const after = (await render('![A plot](week-11/plot.gif)\n', sources, over)).rendered
      expect(after?.hash).not.toBe(before?.hash)
      expect(after?.images[0]?.src).not.toBe(before?.images[0]?.src)
    }
  })

  test('is taken once, however often and in whatever way it is named', async () => {
    const { rendered } = await render(
      '![a](week-11/plot.gif)\n\n![b](./week-11/plot.gif)\n\n## S\n\n### [T](https://example.com)\n\n- ![c](week-11/../week-11/plot.gif)\n',
      withPlot(),
    )
    expect(rendered?.images).toHaveLength(1)
  })

  test('of the same bytes as another is sent once', async () => {
    const sources = makeSources({ 'issues/week-11/a.gif': GIF, 'issues/week-11/b.gif': GIF })
    const { rendered } = await render('![a](week-11/a.gif)\n\n![b](week-11/b.gif)\n', sources)
    expect(rendered?.images).toHaveLength(1)
    const archived = await render('![a](week-11/a.gif)\n\n![b](week-11/b.gif)\n', sources, SITE)
    expect(archived.rendered?.images.map(({ filename }) => filename)).toHaveLength(2)
  })

  test.for(['größe & plot (1).gif', '日本.gif', '....gif', 'UPPER.GIF', `${'x'.repeat(150)}.gif`])(
    'may be called %s',
    async (name) => {
      const { rendered, diagnostics } = await render(`![a](<week-11/${name}>)\n`, withPlot(name), SITE)
      expect(diagnostics).toEqual([])
      const [image] = rendered?.images ?? []
      expect(image?.src).toMatch(/^https:\/\/news\.example\.com\/issues\/week-11\/[\w%.-]+-[0-9a-f]{12}\.gif$/)
      expect(decodeURIComponent(image?.src.split('/').at(-1) ?? '')).toBe(image?.filename)
    },
  )
})

test('a remote image stays where it is', async () => {
  const { rendered } = await render('![a](https://example.com/a.png)\n', makeSources())
  expect(rendered?.images).toEqual([])
  expect(fillSlots(rendered?.html ?? [], {}, 'html')).toContain('src="https://example.com/a.png"')
})

test('what a block holds besides images is left as it is', async () => {
  const sources = withPlot()
  const issue = await read('![a](week-11/plot.gif)\n', sources)
  const date = new Date(0)
  const props = {
    date,
    url: new URL('https://example.com'),
    list: [1, null, { src: 5, path: 6 }],
    deep: { image: { src: 'x', path: join(sources.root, 'issues/week-11/plot.gif') } },
  }
  const { issue: placed } = placeImages(
    {
      ...issue,
      opening: [{ type: 'block', block: 'own', props, body: [], actions: [], range: issue.places['title'] as never }],
    },
    undefined,
  )
  const [block] = placed.opening
  expect(block).toMatchObject({
    props: {
      date,
      url: new URL('https://example.com'),
      list: props.list,
      deep: { image: { src: expect.stringMatching(/^cid:/) as string } },
    },
  })
  expect(block?.type === 'block' && block.props['date']).toBe(date)
})

describe('a copy for a browser', () => {
  const image = (src: string) => ({ src, cid: src, path: '/x', filename: 'x.gif', contentType: 'image/gif' })
  const rendered = (html: string, sources: readonly string[]) =>
    ({
      html: splitSlots(html),
      text: ['t'],
      subject: ['s'],
      preheader: [],
      images: sources.map(image),
    }) as unknown as Parameters<typeof fillForReading>[0]

  test('has each image at the address it is given', () => {
    const html =
      '<img src="cid:a"><p>src="cid:a"</p><img src="cid:ab"><img alt="cid:a" src="https://x.example/?a=1&amp;b=2">'
    const copy = fillForReading(
      rendered(html, ['cid:a', 'cid:ab', 'https://x.example/?a=1&b=2']),
      {},
      ({ src }) => `/img/${src.length}?a&b`,
    )
    expect(copy.html).toContain('<img src="/img/5?a&amp;b">')
    expect(copy.html).toContain('<img src="/img/6?a&amp;b">')
    expect(copy.html).toContain('src="/img/26?a&amp;b"')
  })

  test('takes the address literally, dollar signs and quotes included', () => {
    const random = seedRandom(8)
    for (const address of ["/$&$1$`$'$$", '/"><script>', random.text(Array.from('$&`\'"<>'), 20)]) {
      const { html } = fillForReading(rendered('<img src="cid:a">', ['cid:a']), {}, () => address)
      const [, src = ''] = /^<img src="([^"]*)">$/.exec(html) ?? []
      expect(
        src
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&#39;', "'")
          .replaceAll('&amp;', '&'),
      ).toBe(address)
    }
  })
})

describe('the bytes of the images', () => {
  const other = Buffer.concat([GIF, Buffer.from([0])])

  test.for([undefined, SITE])('are held as they were rendered, with a site: %j', async (over) => {
    const sources = withPlot()
    const { rendered } = await render('![A plot](week-11/plot.gif)\n', sources, over)
    if (!rendered) throw new Error('not rendered')
    const readImage = holdImages(rendered)
    writeFileSync(join(sources.root, 'issues/week-11/plot.gif'), other)
    expect(readImage(rendered.images[0]?.path ?? '')).toEqual(GIF)
  })

  test.for([
    ['others', (file: string) => writeFileSync(file, other)],
    ['gone', (file: string) => rmSync(file)],
  ] as const)('are refused when they are %s by then', async ([, change]) => {
    const sources = withPlot()
    const { rendered } = await render('![A plot](week-11/plot.gif)\n', sources)
    if (!rendered) throw new Error('not rendered')
    change(join(sources.root, 'issues/week-11/plot.gif'))
    expect(() => holdImages(rendered)).toThrow(expect.objectContaining({ code: 'render/image-changed', kind: 'usage' }))
  })
})
