import { askGit, type Git } from '../git.ts'
import { defineProbe, type Report } from '../probe.ts'
import { listSecretFiles, listSecretValues } from '../secret-files.ts'

type Id = 'tracked' | 'in-history' | 'in-files' | 'not-ignored'

const READS = 'Whoever can read the repository, now or later, has it.'
const NEW_ONES =
  'Make new ones: another SMTP password, another DKIM key under a new selector, another LETTERPRESS_SECRET (which ends the links in mail already sent).'

export const secretInGit = defineProbe<Id>({
  id: 'secret-in-git',
  group: 'Secret',
  isOnline: false,
  blames: 'configuration',
  looksAt:
    'Whether git keeps .env, key files, the secret or the SMTP password: now, in its history, or with the next `git add`.',
  faults: {
    tracked: {
      level: 'problem',
      title: 'A file with secrets in git',
      effect: READS,
      remedy: `Take it out with \`git rm --cached FILE\`, and write its name into .gitignore. It stays in the history. ${NEW_ONES}`,
      source:
        'git-rm(1); https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/removing-sensitive-data-from-a-repository',
    },
    'in-history': {
      level: 'problem',
      title: 'A file with secrets in the history of git',
      effect: `It is gone from the newest state, and still there for everybody who looks. ${READS}`,
      remedy: NEW_ONES,
      source:
        'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/removing-sensitive-data-from-a-repository',
    },
    'in-files': {
      level: 'problem',
      title: 'A secret in another file that git keeps',
      effect: READS,
      remedy: `Take it out of the file. It stays in the history. ${NEW_ONES}`,
      source: 'git-grep(1)',
    },
    'not-ignored': {
      level: 'warning',
      title: 'A file with secrets that git does not ignore',
      effect: 'The next `git add .` takes it in.',
      remedy: 'Write its name into .gitignore.',
      source: 'gitignore(5)',
    },
  },
  run: async (context, report) => {
    const git = askGit(context.services.root)
    if ((await git(['rev-parse', '--is-inside-work-tree'])) !== 'true')
      return report.skip('The newsletter is in no git repository, or there is no git here.')
    const files = listSecretFiles(context)
    const told = [
      await tellFiles(files, git, report),
      await tellHistory(files, git, report),
      await tellValues(listSecretValues(context), git, report),
    ]
    if (!told.includes(true)) report.ok('No file with secrets, and no secret, is in git.')
  },
})

async function tellFiles(files: readonly string[], git: Git, report: Report<Id>): Promise<boolean> {
  if (files.length === 0) return false
  const tracked = listLines(await git(['ls-files', '--', ...files]))
  for (const file of tracked) report.fault('tracked', { message: `git keeps ${file}.` })
  const outside = files.filter((file) => !tracked.includes(file) && !file.startsWith('..'))
  const ignored = outside.length > 0 ? listLines(await git(['check-ignore', '--', ...outside])) : []
  const open = outside.filter((file) => !ignored.includes(file))
  for (const file of open)
    report.fault('not-ignored', { message: `git does not keep ${file}, and does not ignore it.` })
  return tracked.length + open.length > 0
}

async function tellHistory(files: readonly string[], git: Git, report: Report<Id>): Promise<boolean> {
  // Also of those that are no longer there.
  const names = [...new Set(['.env', ...files.filter((file) => !file.startsWith('..'))])]
  const tracked = listLines(await git(['ls-files', '--', ...names]))
  let isTold = false
  for (const file of names.filter((name) => !tracked.includes(name))) {
    const commit = await git(['log', '--all', '--full-history', '--format=%h of %as', '-1', '--', file])
    if (!commit) continue
    report.fault('in-history', { message: `The history of git has ${file}, last in commit ${commit}.` })
    isTold = true
  }
  return isTold
}

async function tellValues(values: readonly string[], git: Git, report: Report<Id>): Promise<boolean> {
  if (values.length === 0) return false
  // Over its input: arguments can be read by everybody on this machine.
  const found = listLines(await git(['grep', '-I', '-l', '-F', '-f', '-'], `${values.join('\n')}\n`))
  const others = found.filter((file) => file !== '.env')
  for (const file of others)
    report.fault('in-files', { message: `${file} holds the secret or the SMTP password, and git keeps it.` })
  return others.length > 0
}

function listLines(text: string | undefined): string[] {
  return text ? text.split('\n') : []
}
