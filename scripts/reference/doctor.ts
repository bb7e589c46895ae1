import { type Fault, GROUPS, type Probe, PROBES } from '../../src/doctor/index.ts'
import { writeTable } from './table.ts'

/** docs/doctor.md */
export function writeDoctor(): string {
  const overview = PROBES.map(({ id, group, isOnline, faults }) => [
    group,
    `[${id}](#${id})`,
    isOnline ? '`--online`' : '',
    Object.keys(faults).join(', '),
  ])
  return `# Doctor

\`letterpress doctor\` says whether mail can leave, and \`letterpress doctor --online\` whether it will arrive. It changes nothing: it connects to the SMTP server and logs in, and sends no message; the link that it posts to is that of a test.

Every finding says what is wrong, what it does to the mail, what to do, and where that is written; where a DNS record is missing or wrong, the record to publish stands there, ready to copy: name, type and value. A TXT value longer than 255 octets also stands there as a line of a zone file, in several strings; most control panels want it in one piece, and cut it themselves.

| mark | \`--json\` | means |
| --- | --- | --- |
| ✓ | \`ok\` | as it should be |
| i | \`note\` | good to know; nothing is wrong |
| ! | \`warning\` | mail may suffer |
| ✗ | \`problem\` | mail is refused, lost or unsafe |
| – | \`skipped\` | could not be looked at |

The exit code is 0 without a problem, 2 when one is of the configuration, 4 when one is of what surrounds it: SMTP, DNS, the store, the site. Warnings alone are 0. With \`--json\` the document has \`problems\`, \`warnings\` and \`statements\`, each with \`group\`, \`probe\`, \`mark\`, \`message\` and, where something was met, \`fault\`, \`effect\`, \`remedy\`, \`source\` and \`records\` (\`name\`, \`type\`, \`value\`, \`strings\`, \`zoneLine\`).

DNS is asked as this machine does, or at \`--resolver ADDRESS:PORT\` (\`LETTERPRESS_DOCTOR_RESOLVER\`): name servers remember old records for a while, and another one may know the new ones.

${writeTable(['group', 'probe', '', 'finds'], overview)}

${GROUPS.flatMap((group) => writeGroup(group)).join('\n\n')}
`
}

function writeGroup(group: Probe['group']): string[] {
  const probes = PROBES.filter((probe) => probe.group === group)
  return [`## ${group}`, ...probes.map(writeProbe)]
}

function writeProbe({ id, looksAt, isOnline, blames, faults }: Probe): string {
  const exit = blames === 'configuration' ? 2 : 4
  const when = isOnline ? ' Only with `--online`.' : ''
  return [
    `### ${id}`,
    `${looksAt}${when} A problem is exit ${exit}.`,
    Object.entries(faults)
      .map(([name, fault]) => writeFault(`${id}/${name}`, fault))
      .join('\n'),
  ].join('\n\n')
}

function writeFault(id: string, { level, title, effect, remedy, source }: Fault): string {
  return `- **${title}** (${level}, \`${id}\`). ${effect} *To do:* ${endSentence(remedy)} *Source:* ${source}.`
}

function endSentence(text: string): string {
  return /[.!?"]$/.test(text) ? text : `${text}.`
}
