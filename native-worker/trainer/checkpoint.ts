import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import * as v from 'valibot'
import { FlawsmithError } from '../../contract/errors.ts'
import type { Sha256 } from '../../contract/ids.ts'
import { RunPlan } from '../../contract/trainer.ts'
import type { RecordedFile, RunIdentity } from '../../contract/trainer.ts'
import { readValues, type Parameter, type TensorFlow } from './engines/engine.ts'
import { Divergence } from './divergence.ts'
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from './safetensors.ts'
import { sha256Of } from '../files/sha256-of.ts'
import { writeWhole } from '../files/write-whole.ts'

const formatVersion = 1

const word = v.pipe(v.number(), v.integer())
const stream = v.strictObject({ words: v.tuple([word, word, word, word]), spare: v.nullable(v.number()) })

/** Where a run stands, besides its tensors. */
export const RunState = v.strictObject({
  step: word,
  /** Of training, summed over resumes. */
  seconds: v.number(),
  random: v.strictObject({ weights: stream, order: stream, latents: stream, dropout: stream, augmentation: stream }),
  decks: v.array(v.strictObject({ epoch: word, position: word })),
  optimiserSteps: v.array(word),
  /** How often the run left the rails and went back. */
  rollbacks: v.optional(word, 0),
  best: v.optional(v.nullable(v.strictObject({ step: word, kid: v.number(), measuredSince: word })), null),
})
export type RunState = v.InferOutput<typeof RunState>

export interface Checkpoint {
  readonly plan: RunPlan
  readonly state: RunState
  readonly tensors: readonly NamedTensor[]
}

/** @throws FlawsmithError `training_diverged` where a value is not finite, `disk_full`; either way nothing is left behind */
export async function writeCheckpoint(
  file: string,
  { tf, plan, state, parameters }: { tf: TensorFlow; plan: RunPlan; state: RunState; parameters: readonly Parameter[] },
): Promise<Sha256> {
  const tensors = parameters.map((parameter) => ({
    name: parameter.name,
    shape: parameter.shape,
    values: readValues(tf, parameter),
  }))
  const broken = tensors.find(({ values }) => !areFinite(values))
  if (broken !== undefined) {
    const value = broken.values.find((each) => !Number.isFinite(each)) ?? Number.NaN
    throw new Divergence(state.step, { quantity: broken.name, value })
  }
  const metadata = {
    format: 'flawsmith-checkpoint',
    version: String(formatVersion),
    plan: JSON.stringify(plan),
    state: JSON.stringify(state),
  }
  const pieces = encodeSafetensors({ metadata, tensors })
  await writeWhole(file, pieces)
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return hash.digest('hex') as Sha256
}

/** Nothing times infinity or NaN is NaN. One addition a value, which matters at a hundred million of them. */
function areFinite(values: Float32Array): boolean {
  let sum = 0
  for (const value of values) sum += value * 0
  return sum === 0
}

/** @throws FlawsmithError `checkpoint_invalid`, also where the file is not what was recorded */
export async function readCheckpoint({ file, sha256 }: RecordedFile): Promise<Checkpoint> {
  const invalid = (why: string, cause?: unknown): FlawsmithError =>
    new FlawsmithError(
      'checkpoint_invalid',
      `The checkpoint ${file} cannot be used: ${why}. Continue from an older one, or train anew.`,
      { file, why },
      { cause },
    )
  try {
    const bytes = await readFile(file)
    if (sha256Of(bytes) !== sha256) throw invalid('it is not the file that was recorded')
    const { metadata, tensors } = decodeSafetensors(bytes)
    if (metadata['format'] !== 'flawsmith-checkpoint') throw invalid('Flawsmith did not write it')
    if (Number(metadata['version']) > formatVersion) throw invalid('a newer Flawsmith wrote it')
    return {
      plan: v.parse(RunPlan, JSON.parse(metadata['plan'] ?? '')),
      state: v.parse(RunState, JSON.parse(metadata['state'] ?? '')),
      tensors,
    }
  } catch (thrown) {
    if (thrown instanceof FlawsmithError) throw thrown
    throw invalid(thrown instanceof Error ? thrown.message : String(thrown), thrown)
  }
}

/** A checkpoint is of use to its own run only; limits may have been moved. @throws FlawsmithError `checkpoint_invalid` */
export function refuseOtherRun({ plan: stored }: Checkpoint, { run, file }: { run: RunIdentity; file: string }): void {
  const identity = ({ recipe, seed, size, channels, classNames, parameters }: RunIdentity): string =>
    JSON.stringify([recipe, seed, size, channels, classNames, Object.entries(parameters).sort()])
  if (identity(stored) === identity(run)) return
  throw new FlawsmithError(
    'checkpoint_invalid',
    `The checkpoint ${file} belongs to another run (${stored.recipe}, seed ${stored.seed}, ${stored.size} px). Use it with that run instead.`,
    { file, recipe: stored.recipe, seed: stored.seed },
  )
}

/** Puts stored values back. @throws FlawsmithError `checkpoint_invalid` where names or shapes differ */
export function restoreParameters(
  tf: TensorFlow,
  parameters: readonly Parameter[],
  { tensors, file }: { tensors: readonly NamedTensor[]; file: string },
): void {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]))
  for (const parameter of parameters) {
    const stored = byName.get(parameter.name)
    if (stored?.shape.join() !== parameter.shape.join()) {
      const found = stored === undefined ? 'nothing' : `[${stored.shape.join(', ')}]`
      throw new FlawsmithError(
        'checkpoint_invalid',
        `The checkpoint ${file} is of another network: ${parameter.name} should be [${parameter.shape.join(', ')}], found ${found}.`,
        { file, tensor: parameter.name },
      )
    }
    tf.tidy(() => {
      parameter.write(tf.tensor(stored.values, [...stored.shape], 'float32'))
    })
  }
}
