import { describe, expect, test } from 'vitest'
import { readCanonicalUrl } from '../../src/check/canonical-url.ts'

const SAME = [
  ['https://www.example.com/post/', 'http://example.com/post?utm_source=x&utm_medium=y&fbclid=1'],
  ['https://arxiv.org/abs/2403.05530', 'http://arxiv.org/pdf/2403.05530v2.pdf'],
  ['https://arxiv.org/abs/2403.05530v1', 'https://www.arxiv.org/html/2403.05530v3'],
  ['https://arxiv.org/abs/hep-th/9901001', 'https://export.arxiv.org/pdf/hep-th/9901001v2'],
  ['https://arxiv.org/abs/math.GT/0309136', 'https://arxiv.org/pdf/math.GT/0309136'],
  ['https://doi.org/10.1145/357401.357402', 'http://dx.doi.org/10.1145/357401.357402'],
  ['https://doi.org/10.48550/arXiv.2403.05530', 'https://arxiv.org/abs/2403.05530'],
  ['https://doi.org/10.1002/ABC', 'https://doi.org/10.1002/abc'],
] as const

const DIFFERENT = [
  ['https://example.com/a', 'https://example.com/b'],
  ['https://example.com/?id=1', 'https://example.com/?id=2'],
  ['https://example.com/a#one', 'https://example.com/a#two'],
  ['https://example.com/A', 'https://example.com/a'],
  ['https://arxiv.org/abs/2403.05530', 'https://arxiv.org/abs/2403.05531'],
  ['https://example.com:8080/', 'https://example.com/'],
  ['mailto:a@example.com', 'mailto:b@example.com'],
] as const

describe('the canonical form of a link', () => {
  test.for(SAME)('is one for %s and %s', ([a, b]) => {
    expect(readCanonicalUrl(a)).toBe(readCanonicalUrl(b))
  })

  test.for(DIFFERENT)('tells %s from %s', ([a, b]) => {
    expect(readCanonicalUrl(a)).not.toBe(readCanonicalUrl(b))
  })

  test.for(['', '#top', 'not a url', 'https://', 'https://doi.org/%E0%A4%A', 'https://[::1'])('survives %j', (url) => {
    expect(() => readCanonicalUrl(url)).not.toThrow()
  })
})
