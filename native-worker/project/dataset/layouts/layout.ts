import type { LayoutChoice, LayoutProposal, LayoutRemark } from '../../../../contract/layouts.ts'
import type { LayoutPlan } from './layout-plan.ts'
import type { ListedImages } from './read-images.ts'

/** A way to read a folder that a layout thinks of, before it is known what would come of it. */
export interface Candidate extends Pick<LayoutChoice, 'level'> {
  readonly root: readonly string[]
  readonly certainty: LayoutProposal['certainty']
  readonly remarks?: readonly LayoutRemark[]
}

/** Pure: knows names of folders and files, and what manifests among them say. */
export interface Layout {
  /** Ways to read what lies below `root`; none where it is not laid out so. */
  readonly propose: (listed: ListedImages, root: readonly string[]) => readonly Candidate[]
  /**
   * What comes of the folder; null where it is not laid out so.
   * @param className of images that no folder gives one
   */
  readonly plan: (
    listed: ListedImages,
    choice: { readonly root: readonly string[]; readonly level: number; readonly className: string },
  ) => LayoutPlan | null
}
