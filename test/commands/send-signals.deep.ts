import { expect, test } from 'vitest'
import { expectSound, SIGNAL_CASES } from './signal-cases.ts'

test('there are 32 cases', () => expect(SIGNAL_CASES).toHaveLength(32))

test.skipIf(process.platform !== 'linux').for(SIGNAL_CASES)(
  'send started by $way, $signal to $to: nobody is lost, nobody is mailed twice',
  { timeout: 120_000 },
  async (signalCase) => await expectSound(signalCase),
)
