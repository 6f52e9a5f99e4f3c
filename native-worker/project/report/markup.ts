import { escapeHtml, nameHtml } from '../export/report/escape-html.ts'

/** A piece of a page; whatever came into it from a project is escaped already. */
export class Html {
  readonly text: string
  /** @param text our own, or what `markup` made */
  constructor(text: string) {
    this.text = text
  }
}

export type Piece = Html | string | number | readonly Piece[] | null

/** Markup with values in it: texts are escaped, so that nothing a project holds becomes markup; null is nothing. */
export const markup = (parts: TemplateStringsArray, ...values: readonly Piece[]): Html =>
  new Html(parts.map((part, index) => part + (index < values.length ? textOf(values[index] ?? null) : '')).join(''))

function textOf(value: Piece): string {
  if (value === null) return ''
  if (value instanceof Html) return value.text
  return typeof value === 'string' || typeof value === 'number' ? escapeHtml(String(value)) : value.map(textOf).join('')
}

/** A name that a person or a folder gave: whatever direction it is written in, it turns nothing around it. */
export const named = (name: string): Html => new Html(nameHtml(name))

export interface Column {
  readonly title: string
  /** Set to the right, figures under each other. */
  readonly isNumber?: boolean
}

/** A table; nothing where there is no row. */
export const table = (columns: readonly Column[], rows: readonly (readonly Piece[])[]): Html =>
  rows.length === 0
    ? markup``
    : markup`<table><thead><tr>${columns.map(({ title, isNumber }) =>
        isNumber === true ? markup`<th class="n" scope="col">${title}</th>` : markup`<th scope="col">${title}</th>`,
      )}</tr></thead>
<tbody>${rows.map(
        (cells) => markup`<tr>${cells.map((cell, index) =>
          columns[index]?.isNumber === true ? markup`<td class="n">${cell}</td>` : markup`<td>${cell}</td>`,
        )}</tr>
`,
      )}</tbody></table>
`

/** Sentences of a paragraph; nothing where all are null. */
export const paragraph = (...sentences: readonly (Piece | null)[]): Html => {
  const said = sentences.filter((sentence) => sentence !== null && sentence !== '')
  return said.length === 0
    ? markup``
    : markup`<p>${said.map((sentence, index) => [index === 0 || endsFull(said[index - 1] ?? null) ? '' : ' ', sentence])}</p>
`
}

export const section = (title: string, ...parts: readonly Piece[]): Html => markup`<section><h2>${title}</h2>
${parts}</section>
`

/** Chinese needs no space after its full stop. */
const endsFull = (sentence: Piece): boolean => typeof sentence === 'string' && /[。：；]$/.test(sentence)
