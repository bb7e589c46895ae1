/** Longer paths than Windows allows are none. */
const MAX_LENGTH = 260

// `C:` or `C:\Users`; `C:\Program Files` goes on behind its blank; `\\server\share`.
const BEFORE = /(?:(?<![\p{L}\p{N}])[A-Zcd]:(?:\\[^\n\r:*?"<>|$]*)?|(?<!\S)\\\\[\w.-]+(?:\\[\w.$-]+)*)$/u

/** Whether a backslash parts the folders of a Windows path. */
export function isInPath(source: string, at: number): boolean {
  return BEFORE.test(source.slice(Math.max(0, at - MAX_LENGTH), at))
}
