import { declineFor, joinFor } from './plural.ts'
import type { Words } from './words.ts'

export const ja: Words = {
  language: 'ja',
  contents: '目次',
  readOnline: 'ウェブで読む',
  unsubscribe: '配信停止',
  preferences: '配信設定',
  issue: (number) => `第${number}号`,
  entries: declineFor('ja', { other: '#本' }),
  sponsored: '広告',
  more: '詳しく見る',
  note: 'メモ',
  warning: '重要',
  notes: '注',
  image: '画像',
  online: 'ウェブ版',
  backToContents: '↑ 目次に戻る',
  list: joinFor('ja'),
  done: '完了',
  open: '未完了',
}
