import { type Command, type CommandGroup, commands, EXIT } from '../../src/commands/index.ts'
import { writeTable } from './table.ts'

const EXIT_WORDS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: 'done; permanent failures are counted in the summary',
  content: 'the content has problems: diagnostics, error findings',
  usage: 'wrong usage or configuration',
  incomplete: 'a delivery is incomplete',
  environment: 'the environment failed: SMTP, database, disk',
  interrupted: 'interrupted after a clean drain',
  cutOff:
    'whoever read the output went away before it was whole (`export | head`); a command that finishes all the same keeps its own code',
}

/** docs/commands.md */
export function writeCommands(): string {
  const exits = Object.entries(EXIT).map(([name, code]) => [String(code), EXIT_WORDS[name as keyof typeof EXIT]])
  return `# Commands

\`npx letterpress [--root FOLDER] [--json] [--quiet] [--no-color] COMMAND\`. ISSUE is a slug or a path; paths are relative to the current folder, slugs and default folders to the newsletter. With --json a command that fails gives \`{ version, error: { code, message, hint } }\`. \`letterpress COMMAND --help\` says the same as this page.

${commands.map((command) => ('subcommands' in command ? writeGroup(command) : writeCommand(command))).join('\n\n')}

## Exit codes

${writeTable(['code', 'meaning'], exits)}

## --json

One JSON document on stdout, everything else on stderr.
`
}

function writeGroup({ name, summary, description, subcommands }: CommandGroup): string {
  const parts = subcommands.map((command) => writeCommand(command, `${name} ${command.name}`, '###'))
  return [`## ${name}`, `\`letterpress ${name} COMMAND\`: ${summary}`, description, ...parts].join('\n\n')
}

function writeCommand(command: Command, name: string = command.name, level = '##'): string {
  const options = command.options.map(({ flags, summary, choices }) => [
    `\`${flags}\``,
    choices ? `${summary}: ${choices.join(', ')}` : summary,
  ])
  const examples = command.examples.map(({ command: line, does }) => `- \`letterpress ${line}\`: ${does}`)
  return [
    `${level} ${name}`,
    `\`letterpress ${[name, command.arguments].filter(Boolean).join(' ')}\`: ${command.summary}`,
    command.description,
    ...(options.length > 0 ? [writeTable(['option', 'meaning'], options)] : []),
    examples.join('\n'),
  ].join('\n\n')
}
