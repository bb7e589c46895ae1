import { AppError } from '../../base/index.ts'
import type { Details } from '../../subscriber/index.ts'
import { type CommandContext, defineCommand, EXIT, type ExitCode, type OptionValues, textOption } from '../command.ts'
import { invalidOption } from '../errors.ts'
import { readEmail, withList } from './open-list.ts'
import { readerToJson } from './reader-json.ts'

const MAX_LENGTH = 300

export const addReader = defineCommand({
  name: 'add',
  arguments: '<email>',
  summary: 'add one reader by hand',
  description:
    'Adds a reader who asked you for it, active at once; one who is there gets the name, language, source and tags given. Whoever unsubscribed, bounced or complained is not added again (exit code 1), and a pending reader stays pending until they confirm.',
  options: [
    { flags: '--name <name>', summary: 'name of the reader' },
    { flags: '--language <tag>', summary: 'such as en or pt-BR' },
    { flags: '--tags <tags>', summary: 'one or more, with ; between' },
    { flags: '--source <text>', summary: 'where they asked' },
  ],
  examples: [
    {
      command: 'subscribers add ada@example.com --name "Ada Example" --tags "beta;weekly"',
      does: 'one reader, two tags',
    },
  ],
  run: runAdd,
})

async function runAdd(
  context: CommandContext,
  [given = '']: readonly string[],
  options: OptionValues,
): Promise<ExitCode> {
  const { terminal, json } = context
  const email = readEmail(given)
  const details = await readDetails(options)
  const result = await withList(context, async (store) => await store.add(email, details))
  if (json) {
    const reader = result.kind === 'kept' ? null : readerToJson(result.subscriber)
    const because = result.kind === 'kept' ? result.because : null
    terminal.out(JSON.stringify({ version: 1, result: result.kind, because, reader }, null, 2))
  } else if (result.kind === 'kept') {
    terminal.err(`Not added: ${email} is ${result.because}. Only they themselves can come back, by signing up.`)
  } else {
    const words = { added: 'Added', changed: 'Changed', unchanged: 'Nothing to change about' }
    const pending = result.subscriber.status === 'pending' ? ' They have not confirmed yet and get no mail.' : ''
    terminal.out(`${words[result.kind]} ${email}.${pending}`)
  }
  return result.kind === 'kept' ? EXIT.content : EXIT.done
}

async function readDetails(options: OptionValues): Promise<Details> {
  const { cleanLine, normalizeTag, readLanguage } = await import('../../subscriber/index.ts')
  const [name, source] = ['name', 'source'].map((flag) => {
    const text = cleanLine((textOption(options, flag) ?? '').trim())
    if (text.length > MAX_LENGTH) throw refuse(`--${flag}`, `${text.slice(0, 20)}…`, `at most ${MAX_LENGTH} characters`)
    return text
  })
  const given = textOption(options, 'language')?.trim() ?? ''
  const language = readLanguage(given)
  if (language === undefined) throw refuse('--language', given, 'write a language tag such as en or pt-BR')
  const tags = (textOption(options, 'tags') ?? '').split(/[;,]/).filter((tag) => tag.trim() !== '')
  const known = tags.map(normalizeTag).filter((tag) => tag !== undefined)
  if (known.length < tags.length) throw refuse('--tags', tags.join(';'), 'a tag has at most 64 characters')
  return {
    ...(name ? { name } : {}),
    ...(source ? { source } : {}),
    ...(language === null ? {} : { language }),
    ...(known.length > 0 ? { tags: known } : {}),
  }
}

function refuse(flag: string, value: string, wanted: string): AppError {
  return new AppError(invalidOption.code, invalidOption.message(flag, value, wanted), { kind: 'usage' })
}
