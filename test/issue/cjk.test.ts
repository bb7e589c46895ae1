import { expect, test } from 'vitest'
import { readSound, spell, spellIntro } from './read.ts'

const bold = (text: string): string => `<strong>${text}</strong>`

test.each([
  ['Japanese brackets', 'これは**「重要」**です', `これは${bold('「重要」')}です`],
  ['a Chinese colon', '**注意：**必ず', `${bold('注意：')}必ず`],
  ['Chinese quotation marks', '**“粗体”**文字', `${bold('“粗体”')}文字`],
  ['quotation marks inside', '文字**“粗体”**文字', `文字${bold('“粗体”')}文字`],
  ['a full stop', '**終わり。**次の文', `${bold('終わり。')}次の文`],
  ['Latin in parentheses', 'これは**GPT(4)**です', `これは${bold('GPT(4)')}です`],
  ['Korean', '**"강조"**는', `${bold('"강조"')}는`],
  ['emphasis', 'これは*「重要」*です', 'これは<emphasis>「重要」</emphasis>です'],
  ['struck text', 'これは~~「古い」~~です', 'これは<delete>「古い」</delete>です'],
  ['code', '**`code`**です', `${bold('`code`')}です`],
  ['rare characters', '**「x」**𠮷', `${bold('「x」')}𠮷`],
  ['two of them', '**「一」**と**「二」**', `${bold('「一」')}と${bold('「二」')}`],
])('reads emphasis beside %s', async (_name, body, expected) => {
  expect(await spellIntro(body, '---\ntitle: T\nweek: 2024-W11\nlanguage: ja\n---\n')).toBe(expected)
})

test('reads it in a heading of YAML', async () => {
  const source = 'title: T\nweek: 2024-W11\nsections: [{ title: "これは**「重要」**です" }]\n'
  const { sections } = await readSound(source, 'issues/test.yaml')
  expect(spell(sections[0]?.title ?? [])).toBe(`これは${bold('「重要」')}です`)
})

test.each([
  ['a**"b"**c', 'a**"b"**c'],
  ['a~~"b"~~c', 'a~~"b"~~c'],
  ['snake_case_name __init__x', 'snake_case_name __init__x'],
  ['** b **', '** b **'],
  ['重要 ** x **', '重要 ** x **'],
  ['これは__「重要」__です', 'これは__「重要」__です'],
  ['**a** *b*c', `${bold('a')} <emphasis>b</emphasis>c`],
])('keeps the western rule: %s', async (body, expected) => {
  expect(await spellIntro(body, '---\ntitle: T\nweek: 2024-W11\nlanguage: ja\n---\n')).toBe(expected)
})
