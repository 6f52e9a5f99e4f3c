import type { ClassSummary } from '../../../contract/dataset.ts'

const seriesCount = 6

/** Classes as the keys 1–9 choose them: in the order in which they were made, which no new image changes; then the names not made yet. */
export function keyedClasses(classes: readonly ClassSummary[], extra: readonly string[]): readonly string[] {
  const made = classes.toSorted((a, b) => a.id - b.id).map(({ name }) => name)
  return [...made, ...extra.filter((name) => !made.includes(name))]
}

/** The CSS variable of a class's colour, the same in the list and on the frame. */
export const colourOf = (names: readonly string[], name: string): string =>
  `--series-${String((Math.max(0, names.indexOf(name)) % seriesCount) + 1)}`
