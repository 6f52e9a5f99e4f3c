import type { ChangeKind } from '../../../../contract/changes.ts'
import type { ClassId, ImageId } from '../../../../contract/ids.ts'

/** What of an image people may change. The names are those in the log and in `find-unlogged-changes.ts`. */
export interface ImageFields {
  readonly classId: ClassId
  readonly state: 'active' | 'excluded'
  /** The group in which people put it, by one of its images: what the search finds is no change of a person. */
  readonly handGroup: number | null
}

/** What of a class people may change. Flags are 0 or 1. */
export interface ClassFields {
  readonly name: string
  readonly state: 'active' | 'removed'
  readonly mergedInto: ClassId | null
  readonly leftOut: 0 | 1
  readonly freeOfDefects: 0 | 1
}

export interface ProjectFields {
  readonly size: number
}

interface OfImage<Kind extends ChangeKind, Field extends keyof ImageFields> {
  readonly kind: Kind
  readonly imageId: ImageId
  readonly importId?: number
  readonly after: Pick<ImageFields, Field>
}

interface OfClass<Kind extends ChangeKind, Field extends keyof ClassFields> {
  readonly kind: Kind
  readonly classId: ClassId
  readonly importId?: number
  readonly after: Pick<ClassFields, Field>
}

/** One change of one row, as a person wants it. */
export type Change =
  | OfImage<'relabel' | 'merge', 'classId'>
  | OfImage<'exclude' | 'restore' | 'remove-class' | 'undo-import', 'state'>
  /** Nothing after it where somebody left the image as it was: that is decided, too. */
  | {
      readonly kind: 'settle-conflict'
      readonly imageId: ImageId
      readonly importId?: number
      readonly after: Partial<Pick<ImageFields, 'classId' | 'state'>>
    }
  | OfImage<'join-group' | 'split-group', 'handGroup'>
  | OfClass<'rename', 'name'>
  | OfClass<'merge', 'mergedInto'>
  | OfClass<'merge', 'state' | 'mergedInto' | 'freeOfDefects'>
  | OfClass<'revive-class', 'state'>
  | OfClass<'remove-class' | 'undo-import', 'state' | 'freeOfDefects'>
  | OfClass<'leave-out' | 'take-back-in', 'leftOut'>
  | OfClass<'free-of-defects', 'freeOfDefects'>
  /** An image that cannot be made at the new size. */
  | OfImage<'resize', 'state'>
  | { readonly kind: 'resize'; readonly after: ProjectFields }

/** Which column holds a field, by the table of the row. */
export const changeableColumns = {
  images: { classId: 'class_id', state: 'state', handGroup: 'hand_group' },
  classes: {
    name: 'name',
    state: 'state',
    mergedInto: 'merged_into',
    leftOut: 'left_out',
    freeOfDefects: 'free_of_defects',
  },
  project: { size: 'size' },
} as const satisfies {
  readonly images: Readonly<Record<keyof ImageFields, string>>
  readonly classes: Readonly<Record<keyof ClassFields, string>>
  readonly project: Readonly<Record<keyof ProjectFields, string>>
}
export type ChangeableTable = keyof typeof changeableColumns

/** The value of a field, as the database and the log hold it. */
export type FieldValue = string | number | null
export type Fields = Readonly<Record<string, FieldValue>>
