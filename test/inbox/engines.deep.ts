/**
 * No mail scrolls sideways at 320 px, the narrowest screen there is to speak of, in the three engines that lay out
 * mail: Chromium (Gmail and new Outlook in a browser, Android), Firefox (Thunderbird) and WebKitGTK (Apple Mail).
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { requireBrowser } from '../helpers/browser.ts'
import { measureWidths, openChromium, type OpenEngine, openFirefox, openWebKit } from './engines.ts'
import { type Example, renderExamples } from './examples.ts'
import { requireProgram } from './programs.ts'

const WIDTH_PX = 320
const FIREFOX = { name: 'Firefox ESR', packages: ['firefox-esr'], probe: ['firefox-esr', '--version'] } as const
const WEBKIT = {
  name: 'WebKitGTK',
  packages: ['xvfb', 'xauth', 'python3-gi', 'gir1.2-webkit2-4.1'],
  probe: ['sh', '-c', "command -v xvfb-run && /usr/bin/python3 -c \"import gi; gi.require_version('WebKit2', '4.1')\""],
} as const

/** A mail of a fixed width, which must be noticed. */
const TOO_WIDE = '<!doctype html><title>x</title><body style="margin:0"><table width="480"><tr><td>x</table>'

let examples: readonly Example[]
beforeAll(async () => {
  examples = await renderExamples()
}, 300_000)

describe.skipIf(!(await requireBrowser()))('Chromium', () => lookAt('Chrome/', openChromium))
describe.skipIf(!(await requireProgram(FIREFOX)))('Firefox', () => lookAt('Firefox/', openFirefox))
describe.skipIf(!(await requireProgram(WEBKIT)))('WebKitGTK', () => lookAt('AppleWebKit/', openWebKit))

function lookAt(agentName: string, open: OpenEngine): void {
  test('no mail scrolls sideways', { timeout: 300_000 }, async () => {
    const mails = [TOO_WIDE, ...examples.map(({ seen }) => seen)]
    const { agent, widths } = await measureWidths(open, mails, { widthPx: WIDTH_PX })
    expect(agent).toContain(agentName)
    expect(widths).toHaveLength(mails.length)
    const [tooWide, ...others] = widths
    expect(tooWide).toEqual({ given: WIDTH_PX, taken: 480 })
    const problems = others.flatMap(({ given, taken }, index) =>
      given === WIDTH_PX && taken === WIDTH_PX ? [] : [`${examples[index]?.what}: ${taken} px in ${given}`],
    )
    expect(problems).toEqual([])
  })
}
