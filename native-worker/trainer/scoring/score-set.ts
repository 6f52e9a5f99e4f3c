import type { Sha256 } from '../../../contract/ids.ts'
import type { ScoreTask } from '../../../contract/trainer.ts'
import { drawFolds } from '../../metrics/draw-folds.ts'
import { RandomStream } from '../../random/random-stream.ts'
import { domainFolds } from '../embedding/domain-networks.ts'
import { PackedPictures } from './packed-pictures.ts'
import type { Scored } from './score.ts'

/** One picture of a task. */
export interface Item extends Scored {
  readonly sha256: Sha256
  /** In the task's list. */
  readonly index: number
  /** In the packed file; null where it was not packed, since its features are known. */
  readonly place: number | null
}

export interface RealItem extends Item {
  readonly group: number
  readonly fold: number
}

/** Pictures of one kind and where their pixels are. */
export interface ItemSet<Kind extends Item = Item> {
  readonly items: readonly Kind[]
  readonly packed: PackedPictures
}

export interface ScoreSets {
  readonly train: ItemSet<RealItem>
  readonly val: ItemSet
  readonly candidates: ItemSet
}

export function openScoreSets({ size, channels, ...task }: ScoreTask): ScoreSets {
  const folds = drawFolds(task.train.pictures, {
    folds: domainFolds,
    random: RandomStream.fromSeed(1, 'folds'),
  })
  const open = (file: string): PackedPictures => new PackedPictures(file, { size, channels })
  const unseen = { group: null, fold: null }
  return {
    train: {
      items: withPlaces(task.train.pictures).map((item, index) => ({
        ...item,
        // One that is alone is a group of its own.
        group: task.train.pictures[index]?.group ?? -1 - index,
        fold: folds[index] ?? 0,
      })),
      packed: open(task.train.file),
    },
    val: { items: withPlaces(task.val.pictures).map((item) => ({ ...item, ...unseen })), packed: open(task.val.file) },
    candidates: {
      items: withPlaces(task.candidates.pictures).map((item) => ({ ...item, ...unseen })),
      packed: open(task.candidates.file),
    },
  }
}

export function closeScoreSets(sets: ScoreSets): void {
  for (const { packed } of [sets.train, sets.val, sets.candidates]) packed.close()
}

function withPlaces(
  pictures: readonly { readonly sha256: Sha256; readonly label: number; readonly packed: boolean }[],
): readonly Omit<Item, 'group' | 'fold'>[] {
  let place = 0
  return pictures.map(({ sha256, label, packed }, index) => ({ sha256, label, index, place: packed ? place++ : null }))
}
