import type { SeededRandom } from '../../random/seeded-random.ts'

/** In a random order. */
export const shuffled = <Item>(items: readonly Item[], random: SeededRandom): readonly Item[] =>
  items
    .map((item) => ({ item, place: random.seed() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
