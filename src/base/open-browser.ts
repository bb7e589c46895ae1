import { spawn } from 'node:child_process'

/** Opens an address in the author's browser; where there is none, nothing happens. */
export function openBrowser(url: string): void {
  const [command, args] = chooseCommand(url)
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  // A machine without a desktop.
  child.on('error', () => undefined)
  child.unref()
}

function chooseCommand(url: string): [string, string[]] {
  switch (process.platform) {
    case 'darwin':
      return ['open', [url]]
    case 'win32':
      // The first argument in quotes would be taken for the title of a window.
      return ['cmd', ['/c', 'start', '""', url]]
    default:
      return ['xdg-open', [url]]
  }
}
