import type { ChangeOutcome } from '../../contract/changes.ts'
import type { LearnedBy } from '../../contract/dataset-images.ts'
import { counted } from './counted.ts'
import type { CrossingGroup } from './crossing-groups.ts'
import { undividedSentence } from './undivided-images.ts'

/** A change of the data set as a command tells it: as JSON, and as lines. */
export function describeOutcome(
  { batch, images }: ChangeOutcome,
  more: {
    readonly learnedBy?: readonly LearnedBy[]
    readonly crossing?: readonly CrossingGroup[]
    /** Images that no split holds any more, now that they are back. */
    readonly undivided?: number
  } = {},
): [value: unknown, lines: readonly string[]] {
  const lines =
    batch === null
      ? ['Nothing to change: it is so already.']
      : [
          `Change ${batch}${images > 0 ? `, ${counted(images, 'image')}` : ''}. “changes undo” takes it back.`,
          ...(more.learnedBy ?? []).map(
            ({ runId, images: count }) => `Run ${runId} learned from ${count} of them, and stays as it is.`,
          ),
          ...undividedSentence(more.undivided ?? 0),
        ]
  return [{ change: batch, images, ...more }, lines]
}
