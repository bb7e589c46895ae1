import { expect, test } from 'vitest'
import { issueErrors, toJsonSchemas } from '../../src/issue/index.ts'
import { BLOCKS } from './blocks.ts'

interface Json {
  readonly properties: Record<string, Json>
  readonly items: Json
  readonly anyOf: readonly Json[]
  readonly required: readonly string[]
  readonly description: string
  readonly type: string
  readonly additionalProperties: boolean
}

test('writes schemas that editors understand', () => {
  const schemas = toJsonSchemas(BLOCKS)
  const front = schemas['front-matter'] as unknown as Json
  const issue = schemas.issue as unknown as Json
  expect(front).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', additionalProperties: false })
  expect(front.required).toEqual(['title'])
  expect(Object.keys(front.properties)).not.toContain('sections')
  for (const schema of [front, issue]) expect(schema.properties['$schema']?.type).toBe('string')
  expect(issue.properties['intro']?.type).toBe('string')
  const section = issue.properties['sections']?.items
  expect(section?.properties['entries']?.items.properties['body']?.type).toBe('string')
  expect(issue.properties['blocks']?.items.anyOf.map((one) => one.properties?.['type'])).toEqual([
    undefined,
    { const: 'toc' },
    { const: 'promo' },
    { const: 'mentoring' },
    { const: 'note' },
  ])
  for (const property of Object.values(front.properties)) expect(property.description).toBeTruthy()
  expect(JSON.stringify(schemas)).not.toMatch(/isText|isPieces|"example"/)
})

test('lists every error once, with words', () => {
  expect(new Set(issueErrors.map(({ code }) => code)).size).toBe(issueErrors.length)
  for (const { code, title } of issueErrors) {
    expect(code).toMatch(/^issue\/[a-z]+(?:-[a-z]+)*$/)
    expect(title).toMatch(/^(?:[A-Z]|meta )[^.]+$/)
  }
})
