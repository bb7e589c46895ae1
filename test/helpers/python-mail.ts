import { spawnSync } from 'node:child_process'

/** A message as Python's `email` package reads it: a reader of its own, strict about defects. */
export interface PythonMail {
  /** Names in order, as written. */
  readonly names: readonly string[]
  readonly subject: string
  readonly from: readonly (readonly [name: string, address: string])[]
  readonly to: readonly (readonly [name: string, address: string])[]
  /** Of the message, its header fields and every part. */
  readonly defects: readonly string[]
  readonly parts: readonly {
    readonly type: string
    readonly encoding: string
    readonly cid: string
    readonly text: string
    readonly sizeBytes: number
  }[]
}

const SCRIPT = `
import base64, email, email.policy, json, sys
out = []
for line in sys.stdin:
    m = email.message_from_bytes(base64.b64decode(line), policy=email.policy.default)
    defects = [repr(d) for p in m.walk() for d in p.defects]
    defects += ['%s: %r' % (k, d) for p in m.walk() for k, v in p.items() for d in getattr(v, 'defects', [])]
    addresses = lambda h: [[a.display_name, a.addr_spec] for a in h.addresses] if h is not None else []
    parts = [{'type': p.get_content_type(), 'encoding': p.get('content-transfer-encoding', ''), 'cid': p.get('content-id', ''),
              'text': p.get_content() if p.get_content_maintype() == 'text' else '',
              'sizeBytes': 0 if p.is_multipart() else len(p.get_payload(decode=True))} for p in m.walk()]
    out.append({'names': m.keys(), 'subject': str(m['subject']), 'from': addresses(m['from']), 'to': addresses(m['to']),
                'defects': defects, 'parts': parts})
print(json.dumps(out))
`

/** Whether there is a Python 3 to read with. */
export const hasPython = spawnSync('python3', ['-c', 'import email.policy']).status === 0

export function readWithPython(messages: readonly Buffer[]): readonly PythonMail[] {
  const input = messages.map((raw) => raw.toString('base64')).join('\n')
  const { status, stdout, stderr } = spawnSync('python3', ['-c', SCRIPT], { input, maxBuffer: 256 * 1024 * 1024 })
  if (status !== 0) throw new Error(`python3 failed: ${String(stderr)}`)
  return JSON.parse(String(stdout)) as PythonMail[]
}
