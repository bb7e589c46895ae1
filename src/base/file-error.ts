/** Trouble with a file or folder that is nobody's fault here: rights, a full disk, something in the way. */
export interface FileTrouble {
  /** As the file system was asked for it; missing for a failure in the middle of writing. */
  readonly path?: string
  readonly verb: 'read' | 'written' | 'opened'
  /** In words, without a full stop. */
  readonly reason: string
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
  ENOENT: 'it does not exist, or a folder on the way to it does not',
  ENOTDIR: 'a file is where a folder should be',
  EISDIR: 'a folder is where a file should be',
  EEXIST: 'something of that name is there already',
  ENOTEMPTY: 'the folder is not empty',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead in a circle',
  EBUSY: 'another program uses it',
  EMFILE: 'too many files are open (ulimit -n)',
  ENFILE: 'too many files are open on this machine',
  EIO: 'the disk reports an error',
}
const READING = ['scandir', 'opendir', 'read', 'readlink', 'realpath', 'stat', 'lstat', 'fstat']
const WRITING = ['mkdir', 'write', 'rename', 'unlink', 'rm', 'rmdir', 'copyfile', 'cp', 'chmod', 'fsync', 'ftruncate']

/** What an error of node:fs says; undefined for any other error. @see errno(3) */
export function explainFileError(error: unknown): FileTrouble | undefined {
  if (!(error instanceof Error)) return undefined
  const { code = '', syscall = '', path, dest } = error as NodeJS.ErrnoException & { readonly dest?: string }
  const reason = REASONS[code]
  const verb = READING.includes(syscall) ? 'read' : WRITING.includes(syscall) ? 'written' : 'opened'
  if (reason === undefined || (verb === 'opened' && syscall !== 'open' && syscall !== 'access')) return undefined
  const place = dest ?? path
  return { verb, reason, ...(place === undefined ? {} : { path: place }) }
}
