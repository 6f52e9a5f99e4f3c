import type { ImportReport } from './dataset.ts'
import type { Failure } from './errors.ts'
import type { EngineReport } from './engines.ts'
import type { ExportOutcome, VerifyReport } from './export.ts'
import type { GroupState } from './groups.ts'
import type { JobId, RunId, SampleId } from './ids.ts'
import type { BoxesImported, CropReport, FramesAdded, FrameView } from './large-frames.ts'
import type { LabelCheck } from './label-check.ts'
import type { FolderProposals } from './layouts.ts'
import type { MapDrawn } from './map.ts'
import type { MarksExportReport, MarksImportReport } from './marks.ts'
import type { ResizeOutcome } from './originals.ts'
import type { ReportOutcome } from './report.ts'
import type { ProjectSummary } from './project.ts'
import type { WantedCandidates } from './proposed-count.ts'
import type { Evaluation, ScoringOutcome } from './scores.ts'
import type { UpliftResult } from './uplift.ts'

/** What each kind of long task gives when it succeeds. */
export interface JobResults {
  readonly 'projects.createSample': ProjectSummary
  readonly 'dataset.proposeLayouts': FolderProposals
  readonly 'dataset.import': ImportReport
  readonly 'frames.add': FramesAdded
  readonly 'frames.open': FrameView
  readonly 'frames.importMasks': BoxesImported
  readonly 'frames.importBoxes': BoxesImported
  readonly 'frames.cut': CropReport
  readonly 'marks.import': MarksImportReport
  readonly 'marks.export': MarksExportReport
  readonly 'groups.find': GroupState
  readonly 'dataset.resize': ResizeOutcome
  readonly 'problems.find': LabelCheck
  readonly 'samples.generate': { readonly samples: readonly SampleId[] }
  readonly 'samples.generateBelowTarget': CandidatesDrawn
  readonly 'scores.compute': ScoringOutcome
  readonly 'scores.evaluate': Evaluation
  readonly 'map.draw': MapDrawn
  readonly 'uplift.measure': UpliftResult
  readonly 'reports.write': ReportOutcome
  readonly 'exports.run': ExportOutcome
  readonly 'verify.run': VerifyReport
  readonly 'engines.probe': readonly EngineReport[]
  readonly 'engines.install': readonly EngineReport[]
}
/** What one action has drawn of a run for every class that was short. */
export interface CandidatesDrawn {
  readonly runId: RunId
  readonly samples: readonly SampleId[]
  /** How many of each. */
  readonly classes: readonly WantedCandidates[]
}
export type JobKind = keyof JobResults

/** Where these are cancelled, what they had finished stays; the others leave nothing. */
export const keepsItsPart: ReadonlySet<JobKind> = new Set<JobKind>([
  'dataset.import',
  'frames.add',
  'frames.importMasks',
  'frames.cut',
  'samples.generate',
  'samples.generateBelowTarget',
  'scores.compute',
  'scores.evaluate',
  'uplift.measure',
])

export interface JobProgress {
  readonly jobId: JobId
  readonly kind: JobKind
  readonly done: number
  /** Null while the amount is not known yet. */
  readonly total: number | null
  /** Left out while it does what it is called for: an import compares the images in the end, scoring first learns the classes. */
  readonly stage?: 'learning' | 'features' | 'comparing'
}

export type JobFinished = {
  readonly [Kind in JobKind]: {
    readonly jobId: JobId
    readonly kind: Kind
    readonly outcome:
      { readonly ok: true; readonly result: JobResults[Kind] } | { readonly ok: false; readonly failure: Failure }
  }
}[JobKind]
