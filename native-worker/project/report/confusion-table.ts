import { markup, named, type Html } from './markup.ts'

/** Mean counts, the share of each row as a shade of grey behind it: the figure says the same. */
export function confusionTable(
  counts: readonly (readonly number[])[],
  { caption, names, corner }: { readonly caption: string; readonly names: readonly string[]; readonly corner: string },
): Html {
  return markup`<table class="confusion"><caption>${caption}</caption><thead><tr><th scope="col">${corner}</th>${names.map(
    (name) => markup`<th class="n" scope="col">${named(name)}</th>`,
  )}</tr></thead>
<tbody>${counts.map((row, truth) => {
    const sum = row.reduce((total, value) => total + value, 0)
    return markup`<tr><th scope="row">${named(names[truth] ?? '')}</th>${row.map((value, predicted) => {
      const shade = sum === 0 ? 0 : Math.round((4 * value) / sum)
      return markup`<td class="n shade-${shade}${truth === predicted ? ' right' : ''}">${value.toFixed(1)}</td>`
    })}</tr>
`
  })}</tbody></table>
`
}
