/** Sizes as a person would name them: an even row by its ends, others one by one. */
export type SizesInWords =
  | { readonly kind: 'row'; readonly min: number; readonly max: number; readonly step: number }
  | { readonly kind: 'list'; readonly sizes: readonly number[] }

/** @param sizes ascending, in pixels */
export function describeSizes(sizes: readonly number[]): SizesInWords {
  const [min, second] = sizes
  const max = sizes.at(-1)
  if (min === undefined || second === undefined || max === undefined || sizes.length < 4) return { kind: 'list', sizes }
  const step = second - min
  return sizes.every((size, index) => size === min + index * step)
    ? { kind: 'row', min, max, step }
    : { kind: 'list', sizes }
}
