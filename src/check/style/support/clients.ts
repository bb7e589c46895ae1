/** Clients that readers use most, by the name that the options take. */
export const CLIENTS = [
  'gmail-web',
  'gmail-ios',
  'gmail-android',
  'apple-mail-macos',
  'apple-mail-ios',
  'outlook-windows',
  'outlook-web',
  'outlook-macos',
  'outlook-ios',
  'outlook-android',
  'yahoo-web',
  'yahoo-ios',
  'yahoo-android',
] as const

export type Client = (typeof CLIENTS)[number]

const FAMILIES: readonly (readonly [prefix: string, name: string])[] = [
  ['gmail-', 'Gmail'],
  ['apple-mail-', 'Apple Mail'],
  ['outlook-', 'Outlook'],
  ['yahoo-', 'Yahoo'],
]

const PLATFORMS: Readonly<Record<string, string>> = {
  web: 'web',
  ios: 'iOS',
  android: 'Android',
  macos: 'Mac',
  windows: 'classic for Windows',
}

/** `Gmail and Outlook (classic for Windows, iOS)`: a family without brackets stands for all of it. */
export function nameClients(clients: readonly Client[]): string {
  const names = FAMILIES.flatMap(([prefix, name]) => {
    const own = clients.filter((client) => client.startsWith(prefix))
    const all = CLIENTS.filter((client) => client.startsWith(prefix))
    if (own.length === 0) return []
    const platforms = own.map((client) => PLATFORMS[client.slice(prefix.length)] ?? client)
    return [own.length === all.length ? name : `${name} (${platforms.join(', ')})`]
  })
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}
