import type { Finding, Part } from './finding.ts'

const PARTS: readonly (Part | undefined)[] = [undefined, 'html', 'text', 'headers']

/** By file; in it places of the issue file first, then places of the HTML, then the rest; output is the same on every run. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) =>
      compare(a.file, b.file) ||
      placeOf(a) - placeOf(b) ||
      PARTS.indexOf(a.part) - PARTS.indexOf(b.part) ||
      (a.position?.offset ?? -1) - (b.position?.offset ?? -1) ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message),
  )
}

// Not Infinity: the difference of two infinities is not a number.
function placeOf(finding: Finding): number {
  return finding.range?.start.offset ?? Number.MAX_SAFE_INTEGER
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
