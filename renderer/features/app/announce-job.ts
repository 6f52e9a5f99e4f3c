import type { ErrorDetails } from '../../../contract/errors.ts'
import type { JobFinished, JobKind } from '../../../contract/jobs.ts'
import { keepsItsPart } from '../../../contract/jobs.ts'
import { formatNumber } from '../../i18n/format.svelte.ts'
import { errorText } from '../../i18n/error-text.ts'
import { t } from '../../i18n/translate.svelte.ts'
import type { Step } from './steps.ts'
import type { ToastAction, Toasts } from './toasts.svelte.ts'

/** The screen where a task is started and where its result and its errors show. */
export const stepOfJob: Readonly<Record<JobKind, Step>> = {
  'projects.createSample': 'start',
  'dataset.proposeLayouts': 'dataset',
  'dataset.import': 'dataset',
  'frames.add': 'dataset',
  'frames.open': 'dataset',
  'frames.importMasks': 'dataset',
  'frames.importBoxes': 'dataset',
  'frames.cut': 'dataset',
  'marks.import': 'dataset',
  'marks.export': 'dataset',
  'groups.find': 'dataset',
  'dataset.resize': 'dataset',
  'problems.find': 'dataset',
  'samples.generate': 'review',
  'samples.generateBelowTarget': 'review',
  'scores.compute': 'review',
  'scores.evaluate': 'review',
  'map.draw': 'evaluate',
  'uplift.measure': 'evaluate',
  'reports.write': 'evaluate',
  'exports.run': 'export',
  'verify.run': 'export',
  'engines.probe': 'settings',
  'engines.install': 'settings',
}

/** Their own screen says more than a toast could. */
const showsItsResult: ReadonlySet<JobKind> = new Set([
  'frames.add',
  'frames.open',
  'frames.importMasks',
  'frames.importBoxes',
  'frames.cut',
  'problems.find',
  'scores.compute',
  'map.draw',
  'uplift.measure',
  'scores.evaluate',
  'reports.write',
  'exports.run',
  'verify.run',
])

/** Their dialog waits for the answer, and says what went wrong. */
const isQuestion: ReadonlySet<JobKind> = new Set(['dataset.proposeLayouts'])

export function announceJob(
  finished: JobFinished,
  { toasts, step, action = null }: { toasts: Toasts; step: Step; action?: ToastAction | null },
): void {
  const { outcome, kind } = finished
  if (isQuestion.has(kind)) return
  if (outcome.ok) {
    if (!(step === stepOfJob[kind] && showsItsResult.has(kind)))
      toasts.show(isEmptyImport(finished) ? 'info' : 'good', successText(finished), action)
  } else if (outcome.failure.code === 'cancelled') toasts.show('info', cancelledText(kind, outcome.failure.details))
  // On its own screen the failure stays visible until dismissed.
  else if (stepOfJob[kind] !== step) toasts.show('bad', errorText(outcome.failure))
}

/** What a cancelled task has left: of an import that had begun, how much. */
export function cancelledText(kind: JobKind, details: ErrorDetails): string {
  const task = t(`job.${kind}`)
  const { imported, done, files } = details
  if (
    kind === 'dataset.import' &&
    typeof imported === 'number' &&
    typeof done === 'number' &&
    typeof files === 'number'
  ) {
    const part = { task, count: imported, done: formatNumber(done), files: formatNumber(files) }
    return t(done < files ? 'job.cancelledImport' : 'job.cancelledMarks', part)
  }
  return t(keepsItsPart.has(kind) ? 'job.cancelledPart' : 'job.cancelled', { task })
}

/** Its report lists why; a green message would deny it. */
const isEmptyImport = ({ kind, outcome }: JobFinished): boolean =>
  kind === 'dataset.import' && outcome.ok && (outcome.result as { readonly imported: number }).imported === 0

function successText(finished: JobFinished): string {
  const { kind, outcome } = finished
  if (!outcome.ok) return ''
  switch (kind) {
    case 'dataset.import':
      return t('dataset.imported', { count: (outcome.result as { readonly imported: number }).imported })
    case 'groups.find':
      return t('groups.found', { count: (outcome.result as { readonly groups: number }).groups })
    case 'samples.generate':
    case 'samples.generateBelowTarget':
      return t('review.generated', {
        count: (outcome.result as { readonly samples: readonly unknown[] }).samples.length,
      })
    default:
      return t(`done.${kind}`)
  }
}
