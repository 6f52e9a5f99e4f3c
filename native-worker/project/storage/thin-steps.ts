/**
 * At most `most` of the steps, in order, with the first and the last. Up to half of the places go to steps that carry something
 * else than what is known everywhere: the rare ones first, then the sparse ones, each thinned evenly where they do not fit.
 * @param steps ascending, without repeats; `rare` and `sparse` are some of them, in the same order
 */
export function thinSteps(
  steps: readonly number[],
  { rare, sparse, most }: { rare: readonly number[]; sparse: readonly number[]; most: number },
): readonly number[] {
  if (steps.length <= most) return steps
  const half = Math.floor(most / 2)
  const chosen = new Set(thinEvenly(rare, half))
  for (const step of thinEvenly(without(sparse, new Set(rare)), half - chosen.size)) chosen.add(step)
  for (const end of [steps[0], steps.at(-1)]) if (end !== undefined) chosen.add(end)
  const others = without(steps, new Set([...rare, ...sparse, ...chosen]))
  for (const step of thinEvenly(others, most - chosen.size)) chosen.add(step)
  return [...chosen].sort((a, b) => a - b)
}

const without = (steps: readonly number[], left: ReadonlySet<number>): readonly number[] =>
  steps.filter((step) => !left.has(step))

/** `count` of the steps with gaps as equal as can be; all where they are fewer. */
const thinEvenly = (steps: readonly number[], count: number): readonly number[] =>
  steps.filter((_, i) => Math.floor(((i + 1) * count) / steps.length) !== Math.floor((i * count) / steps.length))
