import { declineFor, joinFor } from './plural.ts'
import type { Words } from './words.ts'

export const es: Words = {
  language: 'es',
  contents: 'En este número',
  readOnline: 'Leer en la web',
  unsubscribe: 'Darse de baja',
  preferences: 'Preferencias',
  issue: (number) => `Número ${number}`,
  entries: declineFor('es', { one: '# artículo', other: '# artículos' }),
  sponsored: 'Patrocinado',
  more: 'Más información',
  note: 'Nota',
  warning: 'Importante',
  notes: 'Notas',
  image: 'Imagen',
  online: 'en la web',
  backToContents: '↑ Volver al índice',
  list: joinFor('es'),
  done: 'Hecho',
  open: 'Pendiente',
}
