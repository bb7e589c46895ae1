import { defineCommand, EXIT, textOption } from './command.ts'

export const check = defineCommand({
  name: 'check',
  arguments: '[issue...]',
  summary: 'validate issues and run every check',
  description:
    'Reads the named issues, or all of issues/, and reports every problem with its place. Exit code 1 when one is an error.',
  options: [
    { flags: '--format <format>', summary: 'how to report', choices: ['pretty', 'json', 'github'] },
    { flags: '--online', summary: 'ask every linked page whether it is there, for at most a minute' },
  ],
  examples: [
    { command: 'check', does: 'check every issue' },
    { command: 'check 2024-w11-llm-papers', does: 'check one, by slug or path' },
    { command: 'check --online', does: 'check all, and look for dead links' },
    { command: 'check --format github', does: 'annotations for a pull request on GitHub' },
  ],
  run: async (context, names, options) => {
    const [{ openApp }, { countProblems, formatGithub, formatJson, formatPretty }] = await Promise.all([
      import('../app.ts'),
      import('../check/index.ts'),
    ])
    const isOnline = options['online'] === true
    const app = await openApp(context)
    if (isOnline) context.terminal.note('Asking every linked page whether it is there …')
    const reports = await app.inspect(names, isOnline ? context.signal : undefined)
    const format = context.json ? 'json' : textOption(options, 'format')
    const write =
      { json: formatJson, github: formatGithub }[format ?? ''] ??
      ((all: typeof reports) => formatPretty(all, context.terminal.paint))
    context.terminal.out(write(reports).trimEnd())
    return countProblems(reports).errors > 0 ? EXIT.content : EXIT.done
  },
})
