import { declineFor, joinFor } from './plural.ts'
import type { Words } from './words.ts'

export const ar: Words = {
  language: 'ar',
  contents: 'في هذا العدد',
  readOnline: 'القراءة على الويب',
  unsubscribe: 'إلغاء الاشتراك',
  preferences: 'التفضيلات',
  issue: (number) => `العدد ${number}`,
  // One and two have words of their own; 3 to 10 take the plural, 11 to 99 the accusative singular.
  entries: declineFor('ar', {
    zero: 'لا مقالات',
    one: 'مقالة واحدة',
    two: 'مقالتان',
    few: '# مقالات',
    many: '# مقالة',
    other: '# مقالة',
  }),
  sponsored: 'محتوى مموَّل',
  more: 'لمعرفة المزيد',
  note: 'ملاحظة',
  warning: 'تنبيه',
  notes: 'الهوامش',
  image: 'صورة',
  online: 'على الويب',
  backToContents: '↑ العودة إلى المحتويات',
  list: joinFor('ar'),
  done: 'أُنجزت',
  open: 'لم تُنجز بعد',
}
