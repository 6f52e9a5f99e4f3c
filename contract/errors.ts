import * as v from 'valibot'

/**
 * The closed set of expected failures. Each code has one message in every interface language
 * (renderer/i18n) and the same code on the command line; `details` carries the offending values.
 */
export const errorCodes = [
  'invalid_request',
  'cancelled',
  'internal',
  'service_unavailable',
  'no_project_open',
  'project_exists',
  'project_not_found',
  'project_in_use',
  'project_newer',
  'project_corrupt',
  'path_outside',
  'wrong_kind_of_file',
  'project_read_only',
  'project_moved',
  'no_backup',
  'folder_not_granted',
  'settings_not_kept',
  'folder_not_found',
  'folder_not_readable',
  'folder_not_writable',
  'folder_not_empty',
  'no_class_folders',
  'layout_ambiguous',
  'layout_not_found',
  'no_images_imported',
  'originals_missing',
  'picture_of_other_size',
  'job_active',
  'disk_space_low',
  'disk_full',
  'disk_failed',
  'class_not_found',
  'image_not_found',
  'mark_outside',
  'mark_empty',
  'mark_covers_image',
  'marks_format_unclear',
  'marks_file_unreadable',
  'no_marks_taken',
  'class_exists',
  'class_removed',
  'class_left_out',
  'class_has_marks',
  'image_twice',
  'import_not_found',
  'import_active',
  'change_not_found',
  'change_built_upon',
  'splits_locked',
  'class_too_small',
  'no_good_class',
  'marks_missing',
  'classes_too_few',
  'recipe_not_found',
  'recipe_refuses_size',
  'recipe_refuses_channels',
  'parameter_out_of_range',
  'run_not_found',
  'run_active',
  'run_held',
  'run_not_resumable',
  'run_has_no_checkpoint',
  'checkpoint_invalid',
  'base_invalid',
  'base_differs',
  'engine_not_found',
  'engine_unavailable',
  'engine_install_failed',
  'training_diverged',
  'out_of_memory',
  'compute_died',
  'compute_answer_invalid',
  'all_at_target',
  'sample_not_found',
  'image_missing',
  'image_changed',
  'record_broken',
  'training_set_changed',
  'nothing_to_undo',
  'export_target_exists',
  'export_nothing',
  'pdf_not_printed',
  'inside_project',
  'folder_of_project',
  'inside_export',
  'verify_failed',
  'uplift_impossible',
  'no_way_to_measure',
  'verdict_missing',
  'verdict_outdated',
  'pretraining_not_recommended',
  'test_image_in_input',
  'no_frames',
  'frame_not_found',
  'frame_not_readable',
  'box_outside',
  'box_not_found',
  'nothing_to_cut',
] as const

export type ErrorCode = (typeof errorCodes)[number]
const detailName = v.pipe(v.string(), v.maxLength(100))
const detailValue = v.union([v.pipe(v.string(), v.maxLength(10_000)), v.number(), v.boolean(), v.null()])
/** Of a list in the details of a failure. */
export const maxDetailRows = 100
const ErrorDetails = v.record(
  detailName,
  // Rows are for programs: a list of what could be done instead.
  v.union([detailValue, v.pipe(v.array(v.record(detailName, detailValue)), v.maxLength(maxDetailRows), v.readonly())]),
)
export type ErrorDetails = Readonly<v.InferOutput<typeof ErrorDetails>>

/** What crosses a process boundary when something goes wrong. */
export const Failure = v.strictObject({
  code: v.picklist(errorCodes),
  /** English, for the command line and the log; names the value and the next step. */
  message: v.pipe(v.string(), v.maxLength(100_000)),
  details: ErrorDetails,
})
export type Failure = Readonly<v.InferOutput<typeof Failure>>

export const FailureCause = v.omit(Failure, ['message'])
/** What went wrong without its English sentence: enough to say it in any language. */
export type FailureCause = Readonly<v.InferOutput<typeof FailureCause>>

/** An expected failure on its way to the edge of a process, where it becomes a `Failure`. */
export class FlawsmithError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options)
    this.name = 'FlawsmithError'
    this.code = code
    this.details = details
  }
}

/** Expected failures keep their code; anything else is `internal`, and its stack stays in the log. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof FlawsmithError) return { code: thrown.code, message: thrown.message, details: thrown.details }
  return {
    code: 'internal',
    message: 'Something went wrong inside Flawsmith. The log file has the details.',
    details: {},
  }
}

export const fromFailure = (failure: Failure): FlawsmithError =>
  new FlawsmithError(failure.code, failure.message, failure.details)
