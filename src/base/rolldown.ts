/** Read by the bundler's allocator as it starts. Its own settings keep some 80 MB more, in huge pages and for later. */
const THRIFTY = { MIMALLOC_ALLOW_THP: '0', MIMALLOC_PURGE_DELAY: '0' }

/** Loads the bundler so that it gives memory back that it does not use. */
export async function importRolldown(): Promise<typeof import('rolldown')> {
  const added = Object.entries(THRIFTY).filter(([name]) => process.env[name] === undefined)
  for (const [name, value] of added) process.env[name] = value
  try {
    return await import('rolldown')
  } finally {
    // Not for programs that are started from here.
    for (const [name] of added) delete process.env[name]
  }
}
