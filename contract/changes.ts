import * as v from 'valibot'
import type { ClassId, ImageId } from './ids.ts'

/**
 * What people do to a data set, by what they meant. One call is one batch: a merge relabels every image of a class and removes the class,
 * all as `merge`.
 */
export const changeKinds = [
  'relabel',
  'exclude',
  'restore',
  'rename',
  'merge',
  'remove-class',
  /** A class that was removed is there again, since an import brought images of its name. */
  'revive-class',
  'leave-out',
  'take-back-in',
  'free-of-defects',
  'undo-import',
  /** Somebody said which class an image is whose file lies in the folders of several. */
  'settle-conflict',
  'join-group',
  'split-group',
  'resize',
  'undo',
] as const
export type ChangeKind = (typeof changeKinds)[number]

/** Id of the first change of a call, by which all of it is named. */
export const ChangeBatchId = v.pipe(v.number(), v.integer(), v.minValue(1))

/** What one call changed, for the history. */
export interface ChangeBatch {
  readonly batch: number
  readonly kind: ChangeKind
  readonly by: string
  readonly at: string
  readonly images: number
  /** One of them, to show. */
  readonly imageId: ImageId | null
  /** The class that was changed, or from which the images came; null where there were several. */
  readonly classId: ClassId | null
  /** What it was called then, before the change. */
  readonly className: string | null
  /** The new name, or the class that took the images, as it was called then. */
  readonly to: string | null
  readonly importId: number | null
  /** Of a class that was declared so, or no longer is; null for other changes. */
  readonly isFree: boolean | null
  /** The batch that this one takes back. */
  readonly undoes: number | null
  /** Whether it still stands: not taken back, or taken back and done again. */
  readonly stands: boolean
}

/** What a call did: null where everything was so already. */
export interface ChangeOutcome {
  readonly batch: number | null
  readonly images: number
}
