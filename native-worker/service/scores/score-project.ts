import type { ClassId, RunId } from '../../../contract/ids.ts'
import type { ImagesClient } from '../../../contract/images.ts'
import type { EngineName } from '../../../contract/engines.ts'
import type { Evaluation, Figure } from '../../../contract/scores.ts'
import type { TrainerReport } from '../../../contract/trainer.ts'
import { makeFolderInside } from '../../files/files-inside.ts'
import type { Project } from '../../project/open-project.ts'
import { applyGate } from '../../project/scores/apply-gate.ts'
import { gateState } from '../../project/scores/gate-state.ts'
import { insertSampleScores } from '../../project/storage/sample-scores.ts'
import { storeFigures } from '../../project/storage/run-figures.ts'
import { storeDifference, storeReference } from '../../project/storage/score-references.ts'
import type { ComputeRuntime } from '../children/compute-runtime.ts'
import { runTrainerTask } from '../children/run-trainer-task.ts'
import type { JobContext } from '../jobs/jobs.ts'
import { featuresFolder, learningSteps, prepareScoring, type PreparedScoring } from './prepare-scoring.ts'

/**
 * Scores the candidates of a run, or of all runs, that have no scores against the train images of today, and lets the gate say what it
 * holds back. What is recorded stays where it is cancelled.
 */
export async function scoreProject({
  project,
  runtime,
  images,
  engine,
  runId,
  steps = learningSteps,
  figures = false,
  signal,
  report,
}: JobContext & {
  readonly project: Project
  readonly runtime: ComputeRuntime
  readonly images: Pick<ImagesClient, 'pack'>
  readonly engine: EngineName
  readonly runId: RunId | null
  readonly steps?: number
  /** Whether the runs are to be evaluated as well. */
  readonly figures?: boolean
}): Promise<Evaluation> {
  makeFolderInside(project.folder, featuresFolder)
  const scoring = await prepareScoring(project, { images, engine, runId, steps, figures })
  const recorder = new ScoreRecorder(project, scoring)
  try {
    if (scoring.isNeeded)
      await runTrainerTask({
        runtime,
        signal,
        task: scoring.task,
        onReport: (message) => {
          if (message.kind === 'stageProgressed') report(message.done, message.total, stageOf(message.stage))
          recorder.record(message)
        },
      })
  } finally {
    scoring.clear()
  }
  recorder.throwFailure()
  applyGate(project)
  return {
    scored: recorder.scored,
    featuresComputed: scoring.unknown,
    gate: gateState(project),
    figures: recorder.figures,
  }
}

const stageOf = (stage: 'learning' | 'features' | 'comparing'): 'learning' | 'features' | undefined =>
  stage === 'comparing' ? undefined : stage

/** Writes what the trainer reports as it comes. */
class ScoreRecorder {
  readonly #project: Project
  readonly #scoring: PreparedScoring
  #referenceId: number | null
  #scored = 0
  #figures: readonly Figure[] = []
  #failure: unknown = null

  constructor(project: Project, scoring: PreparedScoring) {
    this.#project = project
    this.#scoring = scoring
    this.#referenceId = scoring.referenceId
  }

  get scored(): number {
    return this.#scored
  }

  get figures(): readonly Figure[] {
    return this.#figures
  }

  record(report: TrainerReport): void {
    if (this.#failure !== null) return
    try {
      this.#write(report)
    } catch (thrown) {
      // Thrown inside an event listener it would end the service; it is the job that failed.
      this.#failure = thrown
    }
  }

  throwFailure(): void {
    if (this.#failure !== null) throw this.#failure as Error
  }

  #write(report: TrainerReport): void {
    const { db, size } = this.#project
    const { train, val, samples, classes, key } = this.#scoring
    if (report.kind === 'realScored') {
      const real = [
        ...report.train.map(({ index, fold, scores }) => ({ image: train[index], fold, scores })),
        ...report.val.map(({ index, scores }) => ({ image: val[index], fold: null, scores })),
      ].flatMap(({ image, fold, scores }) =>
        image === undefined
          ? []
          : {
              imageId: image.id,
              classId: image.classId,
              fold,
              values: Object.fromEntries(scores.map(({ name, value }) => [name, value])),
            },
      )
      const { folds, accuracy } = report
      this.#referenceId = storeReference(db, {
        ...{ key, size, train: train.length, val: val.length, folds, accuracy, real },
      })
    }
    if (report.kind === 'figuresMeasured')
      this.#figures = report.figures.map(({ run, label, ...figure }) => ({
        ...figure,
        runId: run as RunId,
        classId: classes[label] ?? (0 as ClassId),
      }))
    if (this.#referenceId === null) return
    const referenceId = this.#referenceId
    if (report.kind === 'candidatesScored') {
      const scores = report.candidates.flatMap(({ index, scores: found }) => {
        const sample = samples[index]
        if (sample === undefined) return []
        return found.map(({ name, value, nearest, namedLabel }) => ({
          sampleId: sample.id,
          name,
          value,
          imageId: nearest === null ? null : (train[nearest]?.id ?? null),
          classId: namedLabel === null ? null : (classes[namedLabel] ?? null),
        }))
      })
      insertSampleScores(db, { referenceId, scores })
      this.#scored += report.candidates.length
    }
    if (report.kind === 'figuresMeasured') storeFigures(db, { figures: this.#figures, referenceId })
    if (report.kind === 'runsCompared')
      for (const { run, label, ...difference } of report.runs)
        storeDifference(db, {
          ...difference,
          referenceId,
          runId: run as RunId,
          classId: classes[label] ?? (0 as ClassId),
        })
  }
}
