import * as v from 'valibot'
import { ClassName } from './class-name.ts'
import type { ChangeBatch, ChangeOutcome } from './changes.ts'
import { ChangeBatchId } from './changes.ts'
import type { ImportSummary, LearnedBy, ListedImage } from './dataset-images.ts'
import { ImageFilter, ImageSort } from './dataset-images.ts'
import type { DatasetImage, DatasetSummary, ImportReport, Page } from './dataset.ts'
import { Fit } from './dataset.ts'
import type { LabelConflict } from './label-conflicts.ts'
import { DepthChoice } from './grey-depth.ts'
import type { DoctorReport, EngineReport, EngineTiming } from './engines.ts'
import { EngineName } from './engines.ts'
import type { Failure } from './errors.ts'
import type { ExportPlan, ExportRecord } from './export.ts'
import { ExportLayout, ExportPictures, ExportTarget, KeptHead } from './export.ts'
import { GroupFilter, GroupHint, Threshold } from './groups.ts'
import type { ImageGroup } from './groups.ts'
import type { Sha256 } from './ids.ts'
import { ClassId, FrameBoxId, FrameId, ImageId, ImageIds, JobId, RunId, SampleId } from './ids.ts'
import type { ImageBoxes } from './image-boxes.ts'
import type { JobFinished, JobProgress } from './jobs.ts'
import type { FilePreview } from './layouts.ts'
import { ImportWish, maxPreviews } from './layouts.ts'
import type { MapState } from './map.ts'
import type { OriginalsSummary } from './originals.ts'
import { OriginalsChoice } from './originals.ts'
import type { FrameBox, FrameSummary, PatchPlanSummary } from './large-frames.ts'
import { FrameBoxInput, PatchOptions, TilePlace } from './large-frames.ts'
import type { MarkableImage, MarkAnswer, MarkProposal, MarksOverview, MarkView } from './marks.ts'
import { MarkExportFormat, MarkFormat, MarksAnswer } from './marks.ts'
import type { Backup, HeldRuns, NotReopened, ProjectSummary, RecentProject } from './project.ts'
import { Channels, FolderPath, ImageSize } from './project.ts'
import type { CandidateEvent, DrawingForecast, ReviewCounts, Sample, UndoOutcome } from './samples.ts'
import { InspectorName, RejectReason, ReviewAction, SampleQueue } from './samples.ts'
import type { RunComparison } from './run-comparison.ts'
import type { GateState, NearestReal } from './scores.ts'
import { GateShares, SampleOrderName } from './scores.ts'
import { ReportWish } from './report.ts'
import type { OfferedRuns } from './run-origin.ts'
import { RunToStartFrom } from './run-origin.ts'
import type { ScheduleState } from './schedule.ts'
import { TrainingSchedule, TrainNow } from './schedule.ts'
import type {
  CheckpointSummary,
  MetricSeries,
  RealImages,
  RecipeDescription,
  Rollback,
  RunDetails,
  RunEstimate,
  RunProgress,
  RunSummary,
  Snapshot,
} from './training.ts'
import { ParameterValues, RecipeId } from './training.ts'
import { SplitShares } from './splits.ts'
import type { UpliftState } from './uplift.ts'
import { UpliftWish } from './uplift.ts'

const nothing = v.strictObject({})
const seed = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31 - 1))
const step = v.pipe(v.number(), v.integer(), v.minValue(0))
/** Id of a record of the review; 0 stands before the first. */
const decisionId = v.pipe(v.number(), v.integer(), v.minValue(0))
const pageOf = {
  offset: v.pipe(v.number(), v.integer(), v.minValue(0)),
  limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)),
}
const framesToCut = v.pipe(v.array(FrameId), v.minLength(1), v.maxLength(100_000))
/** At least one of the two ends a run that trains. */
const runLimits = {
  steps: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000))),
  minutes: v.exactOptional(v.pipe(v.number(), v.minValue(0.05), v.maxValue(20_000))),
}

/** Of those that train, the classes that this run learns; all, if left out. For recipes that learn several. */
const onlyClasses = { classIds: v.exactOptional(v.pipe(v.array(ClassId), v.minLength(1), v.maxLength(1000))) }

/** A run to start from, for recipes that can: its class vectors are replaced, and its networks' shape is taken over. */
const startsFrom = { startFrom: v.exactOptional(RunToStartFrom) }

/** Every request the service answers: its input, checked on arrival. Reading this is reading what Flawsmith can do. */
export const requestSchemas = {
  'app.doctor': nothing,
  'app.warnings': nothing,
  'jobs.cancel': v.strictObject({ jobId: JobId }),
  'jobs.active': nothing,

  'engines.list': nothing,
  'engines.probe': nothing,
  'engines.install': nothing,

  'projects.create': v.strictObject({
    folder: FolderPath,
    name: v.exactOptional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(120))),
    size: ImageSize,
    channels: Channels,
  }),
  'projects.createSample': v.strictObject({ folder: FolderPath }),
  'projects.open': v.strictObject({ folder: FolderPath }),
  'projects.close': nothing,
  'projects.current': nothing,
  /** Why the project of the last sitting is not open. */
  'projects.notReopened': nothing,
  'projects.recent': nothing,
  'projects.forget': v.strictObject({ folder: FolderPath }),
  'projects.heldRuns': nothing,
  /** Lets them start as the schedule says, or leaves them until each is told to train. Remembered on this machine. */
  'projects.decideHeldRuns': v.strictObject({ start: v.boolean() }),
  'projects.backups': v.strictObject({ folder: FolderPath }),
  'projects.restore': v.strictObject({ folder: FolderPath, file: v.pipe(v.string(), v.maxLength(200)) }),

  'dataset.summary': nothing,
  /** What a folder could be. Nothing is imported. */
  'dataset.proposeLayouts': v.strictObject({ folder: FolderPath, followLinks: v.exactOptional(v.boolean()) }),
  /** What files of a folder would look like at so many pixels an edge, one answer a path. Nothing is imported. */
  'dataset.previewFiles': v.strictObject({
    folder: FolderPath,
    paths: v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(4096))), v.maxLength(maxPreviews)),
    size: ImageSize,
    fit: Fit,
    /** `auto`, of these files, if left out. */
    depth: v.exactOptional(DepthChoice),
    followLinks: v.exactOptional(v.boolean()),
  }),
  'dataset.import': v.strictObject({
    folder: FolderPath,
    fit: Fit,
    ...ImportWish,
    /** `auto` if left out. */
    depth: v.exactOptional(DepthChoice),
    /** Kept if left out. */
    originals: v.exactOptional(OriginalsChoice),
  }),
  'dataset.originals': nothing,
  'dataset.resize': v.strictObject({
    size: ImageSize,
    /** Of images of another shape; each stays as it was imported if left out. */
    fit: v.exactOptional(Fit),
    /** Excludes images that cannot be made again, instead of refusing. */
    leaveOut: v.exactOptional(v.boolean()),
    by: InspectorName,
  }),
  'dataset.lastImport': nothing,
  'dataset.drawSplits': v.strictObject({ shares: SplitShares, seed }),
  /** Without a run that learns: to fix them by hand. */
  'dataset.lockSplits': nothing,
  'dataset.images': v.strictObject({ classId: ClassId, ...pageOf }),

  'frames.list': nothing,
  /** Takes a picture, or those in a folder, into the project as frames. */
  'frames.add': v.strictObject({ folder: FolderPath, except: v.exactOptional(FolderPath) }),
  /** Takes a frame off the list; its patches stay. */
  'frames.remove': v.strictObject({ frameId: FrameId }),
  /** Makes a frame ready to be looked at. */
  'frames.open': v.strictObject({ frameId: FrameId }),
  /** Addresses of parts of an open frame, in order. */
  'frames.tiles': v.strictObject({
    frameId: FrameId,
    tiles: v.pipe(v.array(TilePlace), v.minLength(1), v.maxLength(100)),
  }),
  'frames.boxes': v.strictObject({ frameId: FrameId }),
  'frames.addBox': v.strictObject({ frameId: FrameId, ...FrameBoxInput.entries }),
  'frames.changeBox': v.strictObject({ frameId: FrameId, boxId: FrameBoxId, ...FrameBoxInput.entries }),
  'frames.removeBox': v.strictObject({ frameId: FrameId, boxId: FrameBoxId }),
  /** Boxes from the masks of the same names in a folder. */
  'frames.importMasks': v.strictObject({
    folder: FolderPath,
    frames: v.pipe(v.array(FrameId), v.maxLength(100_000)),
    /** Of boxes whose class no folder says. */
    className: v.exactOptional(ClassName),
    /** Parts with at most so many pixels between them are one defect; 8 if left out. */
    joinWithin: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000))),
  }),
  /** Boxes that other programs have written: COCO, YOLO, Pascal VOC; a folder or a file. */
  'frames.importBoxes': v.strictObject({
    folder: FolderPath,
    frames: v.pipe(v.array(FrameId), v.maxLength(100_000)),
    /** Of boxes whose class nothing says. */
    className: v.exactOptional(ClassName),
  }),
  /** What would be cut of these frames, the first of which is looked at. */
  'frames.preview': v.strictObject({ frames: framesToCut, options: PatchOptions }),
  /** The boxes become the marks of the patches, in the name of `by`. */
  'frames.cut': v.strictObject({ frames: framesToCut, options: PatchOptions, by: v.exactOptional(InspectorName) }),
  'marks.overview': nothing,
  /** Images to mark, of one class or of all that may have defects: those without an answer first. */
  'marks.queue': v.strictObject({
    classId: v.nullable(ClassId),
    limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)),
  }),
  'marks.image': v.strictObject({ imageId: ImageId }),
  /** The whole source of an image, where it shows more than the picture. */
  'marks.view': v.strictObject({ imageId: ImageId }),
  /** Every image that was answered. */
  'marks.list': nothing,
  /** Seconds for the first image: patches of the class free of defects are gathered. */
  'marks.propose': v.strictObject({ imageId: ImageId }),
  'marks.answer': MarksAnswer,
  /** Takes back this person's last answer, or last import of marks, that stands. */
  'marks.undo': v.strictObject({ by: InspectorName, source: v.picklist(['hand', 'import']) }),
  /** The one class whose images show no defect; null where there is none. Only where it is said so may images of it be marked. */
  'marks.declareFree': v.strictObject({
    classId: v.nullable(ClassId),
    by: InspectorName,
    despiteMarks: v.exactOptional(v.boolean()),
  }),
  /** `folder` may be one file, too. */
  'marks.import': v.strictObject({
    folder: FolderPath,
    format: v.union([MarkFormat, v.literal('auto')]),
    by: InspectorName,
    replace: v.boolean(),
  }),
  'marks.export': v.strictObject({ folder: FolderPath, format: MarkExportFormat }),
  /** What is left out is as in the last search. */
  'groups.find': v.strictObject({
    threshold: v.exactOptional(Threshold),
    hint: v.exactOptional(v.nullable(GroupHint)),
  }),
  'groups.list': v.strictObject({ filter: GroupFilter, ...pageOf }),
  /** Groups that lie in several splits go to the side that holds most of each, also where splits came with the images. */
  'groups.uncross': nothing,
  /** These images, and what is grouped with them, show one part, whatever a search says. */
  'groups.join': v.strictObject({ ids: ImageIds, by: InspectorName }),
  /** In each of their groups these images show another part than the rest; all of a group, each a part of its own. */
  'groups.split': v.strictObject({ ids: ImageIds, by: InspectorName }),
  /** The ids of all images that pass, in order. */
  'images.order': v.strictObject({ filter: ImageFilter, sort: ImageSort, descending: v.exactOptional(v.boolean()) }),
  'images.describe': v.strictObject({ ids: v.pipe(ImageIds, v.maxLength(500)) }),
  /** By their path in the imported folder, or with it in front. */
  'images.find': v.strictObject({
    paths: v.pipe(v.array(v.pipe(v.string(), v.maxLength(5000))), v.maxLength(10_000)),
  }),
  'images.learnedBy': v.strictObject({ ids: ImageIds }),
  /** What is marked on an image, and on the frame that it was cut out of. */
  'images.boxes': v.strictObject({ id: ImageId }),
  'images.relabel': v.strictObject({ ids: ImageIds, classId: ClassId, by: InspectorName }),
  'images.exclude': v.strictObject({ ids: ImageIds, by: InspectorName }),
  'images.restore': v.strictObject({ ids: ImageIds, by: InspectorName }),
  'classes.rename': v.strictObject({ classId: ClassId, name: ClassName, by: InspectorName }),
  'classes.merge': v.strictObject({ classId: ClassId, into: ClassId, by: InspectorName }),
  'classes.remove': v.strictObject({ classId: ClassId, by: InspectorName }),
  'classes.leaveOut': v.strictObject({ classId: ClassId, leftOut: v.boolean(), by: InspectorName }),
  'imports.list': nothing,
  'imports.undo': v.strictObject({ importId: v.pipe(v.number(), v.integer(), v.minValue(1)), by: InspectorName }),
  'changes.list': v.strictObject(pageOf),
  'changes.undo': v.strictObject({ batch: ChangeBatchId, by: InspectorName }),
  /** Images whose very file lies in the folders of several classes. */
  'conflicts.list': nothing,
  /** Which class it is; null leaves the image out. */
  'conflicts.settle': v.strictObject({
    imageId: ImageId,
    className: v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(1000))),
    by: InspectorName,
  }),
  /** Labels that are probably wrong, and images unlike their class. */
  'problems.find': nothing,

  'recipes.list': nothing,
  'runs.start': v.strictObject({
    recipe: RecipeId,
    classId: v.exactOptional(ClassId),
    ...onlyClasses,
    ...runLimits,
    seed: v.exactOptional(seed),
    engine: v.exactOptional(EngineName),
    parameters: v.exactOptional(ParameterValues),
    ...startsFrom,
    /** Ends early after eight measurements in a row, and a third of its steps, without a gain. */
    stopOnPlateau: v.exactOptional(v.boolean()),
    /** Left out, the run waits for its turn and for the schedule. */
    now: v.exactOptional(TrainNow),
  }),
  /**
   * What such a run would take. Measures some training steps where these have not been measured yet: seconds, answered when they are
   * over. Cancelled by the next one, and by a run that starts: only one thing computes at a time.
   */
  'runs.estimate': v.strictObject({
    recipe: RecipeId,
    classId: v.exactOptional(ClassId),
    ...onlyClasses,
    ...runLimits,
    engine: v.exactOptional(EngineName),
    parameters: v.exactOptional(ParameterValues),
    ...startsFrom,
  }),
  /** Runs of a project, this one or another, for `startFrom`, with what keeps each from serving in the open one. */
  'runs.offered': v.strictObject({ folder: FolderPath, recipe: RecipeId }),
  /** Continues from the newest checkpoint, or from the one at `fromStep`. */
  'runs.resume': v.strictObject({
    runId: RunId,
    fromStep: v.exactOptional(step),
    ...runLimits,
    now: v.exactOptional(TrainNow),
  }),
  /** For a run that waits for the schedule: it waits for its turn only. */
  'runs.trainNow': v.strictObject({ runId: RunId, ...TrainNow.entries }),
  'runs.stop': v.strictObject({ runId: RunId }),
  'runs.list': nothing,
  'runs.show': v.strictObject({ runId: RunId }),
  'runs.metrics': v.strictObject({ runId: RunId }),
  'runs.snapshots': v.strictObject({ runId: RunId }),
  /** Of what the run learned from, for comparing with what it draws. */
  'runs.realImages': v.strictObject({
    runId: RunId,
    perClass: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(32)),
  }),
  'runs.checkpoints': v.strictObject({ runId: RunId }),
  'runs.pinCheckpoint': v.strictObject({ runId: RunId, step, pinned: v.boolean() }),
  'runs.annotate': v.strictObject({ runId: RunId, note: v.pipe(v.string(), v.maxLength(10_000)) }),

  'schedule.get': nothing,
  'schedule.set': TrainingSchedule,

  'samples.generate': v.strictObject({
    runId: RunId,
    classId: ClassId,
    count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)),
    /** The newest checkpoint if left out. */
    fromStep: v.exactOptional(step),
    seed: v.exactOptional(seed),
  }),
  /** Of every class that is below its target and that the run knows, what it is short of and half as many again. */
  'samples.generateBelowTarget': v.strictObject({
    runId: RunId,
    /** The newest checkpoint if left out. */
    fromStep: v.exactOptional(step),
  }),
  'samples.forecast': v.strictObject({ runId: RunId }),
  'samples.list': v.strictObject({
    classId: v.exactOptional(ClassId),
    runId: v.exactOptional(RunId),
    /** All if left out; the quarantined are pending, and not among the pending ones unless they were released. */
    state: v.exactOptional(SampleQueue),
    /** That of their generation if left out. */
    sort: v.exactOptional(SampleOrderName),
    ...pageOf,
  }),
  'review.decide': v.strictObject({
    sampleIds: v.pipe(v.array(SampleId), v.minLength(1), v.maxLength(10_000)),
    action: ReviewAction,
    reason: v.exactOptional(RejectReason),
    by: InspectorName,
  }),
  /** The last decision so far: where a sitting that begins now starts. 0 before the first. */
  'review.lastDecision': nothing,
  'review.undo': v.strictObject({
    by: InspectorName,
    /** Undo takes back what was decided after this decision; what is older, or exported, only if it is `confirmed`. */
    sittingAfter: v.exactOptional(decisionId),
    /** Id of the decision that the inspector was shown and agreed to reopen. */
    confirmed: v.exactOptional(decisionId),
  }),
  'review.counts': nothing,
  /** Lets quarantined candidates into the queue, on record. */
  'review.release': v.strictObject({
    sampleIds: v.pipe(v.array(SampleId), v.minLength(1), v.maxLength(10_000)),
    by: InspectorName,
  }),
  /** What was decided about a candidate, the oldest first. */
  'review.history': v.strictObject({ sampleId: SampleId }),

  /** Scores every candidate, or those of a run, that has none against the images of today. */
  'scores.compute': v.strictObject({ runId: v.exactOptional(RunId), engine: v.exactOptional(EngineName) }),
  /** The same, and figures about the candidates of every run, or of one, beside what real images give in their place. */
  'scores.evaluate': v.strictObject({ runId: v.exactOptional(RunId), engine: v.exactOptional(EngineName) }),
  /** What the gate does with every candidate, or would do with other shares. Nothing is changed. */
  'scores.gate': v.strictObject({ shares: v.exactOptional(GateShares) }),
  'scores.setGate': v.strictObject({ shares: GateShares }),
  /** What is known of the candidates of every run, beside each other: figures as `scores.evaluate` last measured them. */
  'scores.runs': nothing,
  /** Three train images of a class that are most like the others of it. */
  'scores.typical': v.strictObject({ classId: ClassId }),

  'map.state': nothing,
  /** Puts train images and scored candidates on a plane, alike ones near each other; a map that is there already is kept. */
  'map.draw': nothing,

  'uplift.state': nothing,
  /** Whether anything synthetic helps on the test images. Locks the splits; goes on with what a measurement that was cut off has. */
  'uplift.measure': UpliftWish,
  /** The verdict and everything behind it as one page, and as a PDF where that is asked for. */
  'reports.write': ReportWish,
  'exports.plan': v.strictObject({
    layout: ExportLayout,
    target: ExportTarget,
    /** Of the project's size if left out. */
    pictures: v.exactOptional(ExportPictures),
    /** With the painted defects that were measured to help as pretraining, in a folder of their own. */
    pretraining: v.exactOptional(v.boolean()),
  }),
  'exports.run': v.strictObject({
    folder: FolderPath,
    layout: ExportLayout,
    target: ExportTarget,
    pictures: v.exactOptional(ExportPictures),
    /** With the painted defects that were measured to help as pretraining, in a folder of their own. */
    pretraining: v.exactOptional(v.boolean()),
  }),
  'exports.list': nothing,
  'verify.run': v.strictObject({
    /** The open project if left out. */
    folder: v.exactOptional(FolderPath),
    /** An end of the record that was kept elsewhere, to hold the record of the project against. */
    kept: v.exactOptional(KeptHead),
    /** The project that wrote the export in `folder`; the open one if left out. */
    project: v.exactOptional(FolderPath),
  }),
} satisfies Record<string, v.GenericSchema>

export type Verb = keyof typeof requestSchemas
export type RequestInput<V extends Verb> = v.InferOutput<(typeof requestSchemas)[V]>

interface JobStarted {
  readonly jobId: JobId
}

/** What each request gives back. Long tasks answer at once with a job id and end with a `jobs.finished` event. */
export interface RequestOutputs {
  'app.doctor': DoctorReport
  /** What went wrong beside the work that was asked for, since the service started. */
  'app.warnings': readonly Failure[]
  'jobs.cancel': null
  'jobs.active': readonly JobProgress[]

  'engines.list': readonly EngineReport[]
  'engines.probe': JobStarted
  'engines.install': JobStarted

  'projects.create': ProjectSummary
  'projects.createSample': JobStarted
  'projects.open': ProjectSummary
  'projects.close': null
  'projects.current': ProjectSummary | null
  'projects.notReopened': NotReopened | null
  'projects.recent': readonly RecentProject[]
  'projects.forget': null
  'projects.heldRuns': HeldRuns
  'projects.decideHeldRuns': HeldRuns
  'projects.backups': readonly Backup[]
  'projects.restore': ProjectSummary

  'dataset.summary': DatasetSummary
  'dataset.proposeLayouts': JobStarted
  'dataset.previewFiles': readonly FilePreview[]
  'dataset.import': JobStarted
  'dataset.originals': OriginalsSummary
  'dataset.resize': JobStarted
  'dataset.lastImport': ImportReport | null
  'dataset.drawSplits': DatasetSummary
  'dataset.lockSplits': DatasetSummary
  'dataset.images': Page<DatasetImage>

  'frames.list': readonly FrameSummary[]
  'frames.add': JobStarted
  'frames.remove': readonly FrameSummary[]
  'frames.open': JobStarted
  /** Null for a place outside the frame. */
  'frames.tiles': readonly (Sha256 | null)[]
  'frames.boxes': readonly FrameBox[]
  'frames.addBox': readonly FrameBox[]
  'frames.changeBox': readonly FrameBox[]
  'frames.removeBox': readonly FrameBox[]
  'frames.importMasks': JobStarted
  'frames.importBoxes': JobStarted
  'frames.preview': PatchPlanSummary
  'frames.cut': JobStarted
  'marks.overview': MarksOverview
  'marks.queue': readonly { readonly id: ImageId; readonly answer: MarkAnswer }[]
  'marks.image': MarkableImage
  'marks.view': MarkView | null
  'marks.list': readonly MarkableImage[]
  'marks.propose': MarkProposal
  'marks.answer': MarkableImage
  'marks.undo': readonly ImageId[]
  'marks.declareFree': MarksOverview
  'marks.import': JobStarted
  'marks.export': JobStarted
  'groups.find': JobStarted
  'groups.list': Page<ImageGroup>
  'groups.uncross': DatasetSummary
  'groups.join': ChangeOutcome
  'groups.split': ChangeOutcome
  'images.order': readonly ImageId[]
  'images.describe': readonly ListedImage[]
  'images.find': readonly ImageId[]
  'images.learnedBy': readonly LearnedBy[]
  'images.boxes': ImageBoxes
  'images.relabel': ChangeOutcome
  'images.exclude': ChangeOutcome
  'images.restore': ChangeOutcome
  'classes.rename': ChangeOutcome
  'classes.merge': ChangeOutcome
  'classes.remove': ChangeOutcome
  'classes.leaveOut': ChangeOutcome
  'imports.list': readonly ImportSummary[]
  'imports.undo': ChangeOutcome
  'changes.list': Page<ChangeBatch>
  'changes.undo': ChangeOutcome
  'conflicts.list': readonly LabelConflict[]
  'conflicts.settle': readonly LabelConflict[]
  'problems.find': JobStarted

  'recipes.list': readonly RecipeDescription[]
  'runs.start': RunSummary
  'runs.estimate': RunEstimate
  'runs.offered': OfferedRuns
  'runs.resume': RunSummary
  'runs.trainNow': null
  'runs.stop': null
  'runs.list': readonly RunSummary[]
  'runs.show': RunDetails
  'runs.metrics': MetricSeries
  'runs.snapshots': readonly Snapshot[]
  'runs.realImages': readonly RealImages[]
  'runs.checkpoints': readonly CheckpointSummary[]
  'runs.pinCheckpoint': readonly CheckpointSummary[]
  'runs.annotate': RunDetails

  'schedule.get': ScheduleState
  'schedule.set': ScheduleState

  'samples.generate': JobStarted
  'samples.generateBelowTarget': JobStarted
  'samples.forecast': DrawingForecast
  'samples.list': Page<Sample>
  'review.decide': readonly Sample[]
  'review.lastDecision': number
  'review.undo': UndoOutcome
  'review.counts': readonly ReviewCounts[]
  'review.release': readonly Sample[]
  'review.history': readonly CandidateEvent[]

  'scores.compute': JobStarted
  'scores.evaluate': JobStarted
  'scores.gate': GateState
  'scores.setGate': GateState
  'scores.runs': RunComparison
  'scores.typical': readonly NearestReal[]

  'map.state': MapState
  'map.draw': JobStarted

  'uplift.state': UpliftState
  'uplift.measure': JobStarted
  'reports.write': JobStarted
  'exports.plan': ExportPlan
  'exports.run': JobStarted
  'exports.list': readonly ExportRecord[]
  'verify.run': JobStarted
}
export type RequestOutput<V extends Verb> = RequestOutputs[V]

/** What the service tells every connected window, in the past tense. */
export interface ServiceEvents {
  'app.warned': Failure
  'projects.opened': ProjectSummary
  'projects.closed': null
  /** What the project is now: its size is another. */
  'projects.changed': ProjectSummary
  'projects.heldRunsChanged': HeldRuns
  'dataset.changed': DatasetSummary
  'marks.changed': MarksOverview
  'jobs.progressed': JobProgress
  'jobs.finished': JobFinished
  'runs.changed': RunSummary
  'runs.progressed': RunProgress
  'runs.snapshotTaken': { readonly runId: RunId; readonly snapshot: Snapshot }
  'runs.rolledBack': { readonly runId: RunId; readonly rollback: Rollback }
  'schedule.changed': ScheduleState
  'samples.changed': readonly ReviewCounts[]
  'uplift.changed': UpliftState
  'engines.changed': readonly EngineReport[]
  /** Steps of a recipe are timed, engine by engine; null when that is over. */
  'engines.timing': EngineTiming | null
}
export type EventName = keyof ServiceEvents
