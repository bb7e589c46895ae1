import { spawnSync } from 'node:child_process'

const SCRIPT = `
import base64, dkim, json, sys
records = {k.encode(): v.encode() for k, v in json.loads(sys.stdin.readline()).items()}
out = []
for line in sys.stdin:
    verdicts = []
    try:
        d = dkim.DKIM(base64.b64decode(line))
    except dkim.DKIMException:
        out.append([False])
        continue
    count = sum(1 for name, _ in d.headers if name.lower() == b'dkim-signature')
    for index in range(count):
        try:
            verdicts.append(d.verify(idx=index, dnsfunc=lambda name, timeout=5: records.get(name.rstrip(b'.'))))
        except dkim.DKIMException:
            verdicts.append(False)
    out.append(verdicts)
print(json.dumps(out))
`

/** The first Python that has dkimpy and PyNaCl, as Debian's python3-dkim and python3-nacl bring them. */
const python = ['python3', '/usr/bin/python3'].find(
  (command) => spawnSync(command, ['-c', 'import dkim, nacl']).status === 0,
)

export const hasPythonDkim = python !== undefined

/**
 * What dkimpy says of each signature of each message; `[false]` for bytes that it does not read as one.
 *
 * @param records - TXT records by name.
 */
export function verifyWithPython(
  messages: readonly Buffer[],
  records: readonly { readonly name: string; readonly value: string }[],
): boolean[][] {
  const zone = JSON.stringify(Object.fromEntries(records.map(({ name, value }) => [name, value])))
  const input = [zone, ...messages.map((raw) => raw.toString('base64'))].join('\n')
  const options = { input, maxBuffer: 64 * 1024 * 1024 }
  const { status, stdout, stderr } = spawnSync(python ?? 'python3', ['-c', SCRIPT], options)
  if (status !== 0) throw new Error(`python3 failed: ${String(stderr)}`)
  return JSON.parse(String(stdout)) as boolean[][]
}
