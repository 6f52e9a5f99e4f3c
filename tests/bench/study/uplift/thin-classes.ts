import { RandomStream } from '../../../../native-worker/random/random-stream.ts'
import { drawRows } from '../../../../native-worker/metrics/draw-rows.ts'

export interface ListedImage {
  readonly id: number
  readonly className: string
  readonly split: 'train' | 'val' | 'test'
  readonly groupId: number | null
}

/**
 * Ids of the images that leave a set so that each class keeps about as many train images as it may: whole parts in a drawn order,
 * the last one cut where it would go over. Images of classes that are not named leave whole.
 */
export function thinClasses(
  images: readonly ListedImage[],
  { keep, seed }: { readonly keep: Readonly<Record<string, number | null>>; readonly seed: number },
): readonly number[] {
  const names = [...new Set(images.map(({ className }) => className))].sort()
  return names.flatMap((name) => {
    const own = images.filter(({ className }) => className === name)
    const limit = keep[name]
    if (limit === undefined) return own.map(({ id }) => id)
    if (limit === null) return []
    const train = own.filter(({ split }) => split === 'train')
    const byPart = new Map<number, ListedImage[]>()
    // An image without a part is one of its own; ids of parts and images must not meet.
    for (const image of train) {
      const part = image.groupId ?? -image.id
      byPart.set(part, [...(byPart.get(part) ?? []), image])
    }
    const parts = [...byPart.values()]
    const random = RandomStream.fromSeed(seed, `thin ${name}`)
    const order = drawRows(random, { rows: parts.length, count: parts.length })
    return order
      .flatMap((row) => parts[row] ?? [])
      .slice(limit)
      .map(({ id }) => id)
  })
}
