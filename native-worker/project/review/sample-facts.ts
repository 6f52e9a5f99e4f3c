import { createHash } from 'node:crypto'
import type { EngineName } from '../../../contract/engines.ts'
import type { ClassId, RunId, SampleId, Sha256 } from '../../../contract/ids.ts'
import { ParameterValues } from '../../../contract/training.ts'
import { parseColumn } from '../storage/parse-column.ts'
import { ClassHistory } from './class-history.ts'
import { canonicalJson } from '../storage/canonical-json.ts'
import type { Decision } from '../storage/decisions.ts'
import { selectAll, selectRow } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'

/** What a decision is about: the picture, what it is said to show, and how it was made. */
export interface SampleFacts {
  readonly sampleSha256: Sha256
  readonly classId: ClassId
  readonly className: string
  readonly runId: RunId
  readonly seed: number
  readonly checkpointStep: number
  /** Null for samples of versions that did not record it. */
  readonly checkpointSha256: Sha256 | null
  /** SHA-256 over recipe, engine, seed and parameters of the run. */
  readonly parametersSha256: string
}

interface FactsRow extends Omit<SampleFacts, 'parametersSha256'> {
  readonly id: SampleId
  /** Before any merge. */
  readonly drawnAs: ClassId
  readonly recipe: string
  readonly engine: EngineName
  readonly runSeed: number
  readonly parameters: string
}

const query = `
  SELECT s.id, s.class_id AS drawnAs, s.sha256 AS sampleSha256, c.id AS classId, c.name AS className, s.run_id AS runId, s.seed,
         s.checkpoint_step AS checkpointStep, s.checkpoint_sha256 AS checkpointSha256, r.recipe, r.engine,
         r.seed AS runSeed, r.parameters
  FROM samples s JOIN classes d ON d.id = s.class_id JOIN classes c ON c.id = COALESCE(d.merged_into, d.id) JOIN runs r ON r.id = s.run_id`

/** Remembers the runs it has seen: use one reader for many samples, and none for longer than a transaction. */
export class SampleFactsReader {
  readonly #db: Db
  readonly #parameters = new Map<RunId, string>()
  readonly #drawnAs = new Map<SampleId, ClassId>()
  #history: ClassHistory | null = null

  constructor(db: Db) {
    this.#db = db
  }

  read(sampleId: SampleId): SampleFacts {
    return this.#factsOf(selectRow<FactsRow>(this.#db, `${query} WHERE s.id = :sampleId`, { sampleId }))
  }

  /** Of all samples that some decision names. */
  readDecided(): Map<SampleId, SampleFacts> {
    const rows = selectAll<FactsRow>(this.#db, `${query} WHERE s.id IN (SELECT sample_id FROM decisions)`)
    return new Map(rows.map((row) => [row.id, this.#factsOf(row)]))
  }

  /**
   * In which facts a sample that was read is no longer what a decision was about. Its class is the same one although it was renamed or
   * merged since, where the log of changes says so. The first form of decision knows the picture only.
   */
  factsChangedSince(decision: Decision, facts: SampleFacts): (keyof SampleFacts)[] {
    return names.filter((name) => {
      if (decision.format !== 2 && name !== 'sampleSha256') return false
      if (decision[name] === facts[name]) return false
      return (name !== 'classId' && name !== 'className') || !this.#wasOfClass(decision, facts)
    })
  }

  #wasOfClass({ sampleId, classId, className }: Decision, now: SampleFacts): boolean {
    const drawnAs = this.#drawnAs.get(sampleId)
    if (drawnAs === undefined || classId === null || className === null) return false
    this.#history ??= new ClassHistory(this.#db)
    const expected = this.#history.countsAs(drawnAs)
    return (
      now.classId === expected.classId &&
      now.className === expected.className &&
      this.#history.hasCountedAs(drawnAs, classId) &&
      this.#history.wasCalled(classId, className)
    )
  }

  #factsOf({ id, drawnAs, recipe, engine, runSeed, parameters, ...facts }: FactsRow): SampleFacts {
    this.#drawnAs.set(id, drawnAs)
    let parametersSha256 = this.#parameters.get(facts.runId)
    if (parametersSha256 === undefined) {
      const values = parseColumn(ParameterValues, { column: 'runs.parameters', json: parameters })
      const text = canonicalJson({ recipe, engine, seed: runSeed, parameters: values })
      parametersSha256 = createHash('sha256').update(text).digest('hex')
      this.#parameters.set(facts.runId, parametersSha256)
    }
    return { ...facts, parametersSha256 }
  }
}

const names = [
  'sampleSha256',
  'classId',
  'className',
  'runId',
  'seed',
  'checkpointStep',
  'checkpointSha256',
  'parametersSha256',
] as const satisfies readonly (keyof SampleFacts)[]

/** The facts that a decision holds beside the picture. */
export const factsIn = (decision: Decision): (keyof SampleFacts)[] =>
  names.filter((name) => name !== 'sampleSha256' && decision[name] !== null)
