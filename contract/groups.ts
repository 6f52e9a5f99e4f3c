import * as v from 'valibot'
import type { ImageId, Sha256 } from './ids.ts'
import type { Split, SplitCounts } from './splits.ts'

/** How a picture lies on another of the same part: as it is, mirrored, turned by quarters, and both. */
export const Orientation = v.picklist([
  'same',
  'mirrored',
  'flipped',
  'half-turn',
  'transposed',
  'quarter-left',
  'quarter-right',
  'anti-transposed',
])
export type Orientation = v.InferOutput<typeof Orientation>

/**
 * Correlation of the phases of two pictures from which they are taken for the same part. The same part under another light has 0.6 and more;
 * different parts of the same material stay below 0.5.
 */
export const Threshold = v.pipe(v.number(), v.minValue(0.3), v.maxValue(0.95))
export const defaultThreshold = 0.55

/** What names of files say about parts; looked at only where it is asked for. */
export const GroupHint = v.variant('kind', [
  /** Images are of one part where the first parenthesis of a regular expression matches the same text in their paths. */
  v.strictObject({ kind: v.literal('pattern'), pattern: v.pipe(v.string(), v.minLength(1), v.maxLength(200)) }),
  /** Files of a class folder whose last numbers follow each other by at most so much are of one part. */
  v.strictObject({
    kind: v.literal('numbers'),
    within: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1e9)),
  }),
])
export type GroupHint = v.InferOutput<typeof GroupHint>

/** How images are grouped by a search. */
export interface GroupSettings {
  readonly threshold: number
  readonly hint: GroupHint | null
}

/** A search for groups that came to its end. */
export interface GroupSearch extends GroupSettings {
  readonly searchedAt: string
  readonly images: number
  /** Of these, images whose stored picture could not be read. */
  readonly unread: number
  /** Pairs of pictures that were confirmed. */
  readonly pairs: number
  readonly seconds: number
}

/** The state of the groups of a project. */
export interface GroupState {
  /** The last search; null before the first. */
  readonly search: GroupSearch | null
  /** Images that came after it: nobody knows yet what they belong to. */
  readonly unsearched: number
  /** Groups of two images and more. */
  readonly groups: number
  /** Groups whose images lie in more than one split: what is judged by was learned from. */
  readonly crossing: number
  /** Images of these groups. */
  readonly crossingImages: number
}

/** Groups that lie in several splits, and their images. */
export interface CrossingCount {
  readonly groups: number
  readonly images: number
  /** Whether no image changes sides any more; absent in reports of older versions. */
  readonly isLocked?: boolean
}

/** What makes an image a member of its group. */
export type MemberReason = 'middle' | 'alike' | 'source' | 'name' | 'hand'

export interface GroupMember {
  readonly id: ImageId
  readonly sha256: Sha256
  readonly className: string
  readonly sourcePath: string
  /** Null where no split holds it yet. */
  readonly split: Split | null
  readonly because: MemberReason
  /** With the middle of the group as it was found; null for members that are there for another reason. */
  readonly correlation: number | null
  readonly orientation: Orientation | null
}

/** Images that show the same part. */
export interface ImageGroup {
  /** The lowest id of its images. */
  readonly id: number
  readonly members: readonly GroupMember[]
  /** Images of each split. */
  readonly splits: SplitCounts
  /** Pairs of images of which one trains and the other does not, or of which one chooses and the other judges. */
  readonly crossingPairs: number
  /** Images of it whose split came with them. */
  readonly given: number
}

/** Which groups a list shows. */
export const GroupFilter = v.picklist(['all', 'across-classes', 'crosses-splits', 'by-hand'])
export type GroupFilter = v.InferOutput<typeof GroupFilter>
