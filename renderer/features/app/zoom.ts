/** How much larger than designed the interface may be drawn: text of 12 px is hard to read from an arm's length. */
export const zoomFactors = [0.9, 1, 1.1, 1.25, 1.5, 1.75] as const

/** The factor after Ctrl with this key: one larger, one smaller, or as designed; undefined for other keys. */
export function zoomAfter(key: string, factor: number): number | undefined {
  switch (key) {
    case '+':
    case '=':
      return zoomFactors.find((next) => next > factor) ?? factor
    case '-':
    case '_':
      return zoomFactors.findLast((next) => next < factor) ?? factor
    case '0':
      return 1
    default:
      return undefined
  }
}
