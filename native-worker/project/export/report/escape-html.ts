import { visibleText } from '../../../../contract/visible-text.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text that shows as itself, in an element or in a quoted attribute; what would not be seen is named. */
export const escapeHtml = (text: string): string =>
  visibleText(text).replace(/[&<>"']/g, (character) => entities[character] ?? '')

/** A name inside a sentence or a table: whatever direction it is written in, it turns nothing around it. */
export const nameHtml = (name: string): string => `<bdi>${escapeHtml(name)}</bdi>`
