import type { SkipReason } from '../../contract/dataset.ts'
import type { VerifyProblem } from '../../contract/export.ts'
import type { MarkRefusal } from '../../contract/marks.ts'

/** Why a file was not imported. `--json` gives the reason itself. */
export const skipWords: Readonly<Record<SkipReason, string>> = {
  empty_file: 'Empty file',
  not_an_image: 'Not an image',
  unsupported_kind: 'Kind of image that is not read',
  corrupt: 'Damaged image',
  too_many_pixels: 'Too many pixels',
  unreadable: 'Cannot be read',
  symlink_outside: 'Link out of the folder',
  duplicate: 'Duplicate',
  duplicate_in_other_class: 'Duplicate of an image of another class',
  label_conflict: 'Same file in several classes',
  excluded_by_person: 'Excluded by a person',
  no_class_folder: 'In no class folder',
  synthetic: 'Synthetic, left out',
  not_in_manifest: 'Not in the manifest',
  manifest_mismatch: 'Differs from the manifest',
}

/** Why a mark was not taken. */
export const refusalWords: Readonly<Record<MarkRefusal, string>> = {
  no_image: 'no such image in the project',
  several_images: 'several images have this name',
  other_class: 'the image belongs to another class',
  unknown_category: 'its category is no class of the project',
  size_differs: 'the sizes differ',
  outside: 'reaches out of the image',
  empty: 'holds no pixel',
  covers_image: 'covers the whole image',
  runs: 'the run lengths do not fit the image',
  not_readable: 'cannot be read',
  too_many: 'too many marks on one image',
  already_marked: 'marked already, kept',
}

/** What is wrong with a file or with the record. */
export const problemWords: Readonly<Record<VerifyProblem['kind'], string>> = {
  missing_file: 'File missing',
  changed_file: 'File changed',
  unrecorded_file: 'File without record',
  broken_decision_chain: 'Decision altered',
  broken_record: 'Record altered',
  changed_schema: 'Database structure altered',
  rewritten_record: 'Record rewritten',
  database: 'Database',
}
