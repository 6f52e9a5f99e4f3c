import { readFile } from 'node:fs/promises'
import { FlawsmithError } from '../../contract/errors.ts'
import type { TrainingSet } from '../../contract/trainer.ts'
import { sha256Of } from '../files/sha256-of.ts'
import type { AdoptedImage } from './adversarial/gan.ts'

/**
 * The images of a run for a recipe that composes, class by class, with their marks where the run has some.
 * @throws FlawsmithError `training_set_changed` where the marks are not those that the run was started with
 */
export async function adoptedImages(set: TrainingSet, pixels: Uint8Array): Promise<readonly AdoptedImage[]> {
  const area = set.size * set.size
  const marks = set.marks === undefined ? null : await readMarks(set.marks)
  const labels = set.classes.flatMap(({ images }, label) => Array.from({ length: images }, () => label))
  if (marks !== null && marks.length !== labels.length * area) throw changed(set.marks?.file ?? '')
  return labels.map((label, index) => ({
    pixels: Float32Array.from(
      pixels.subarray(index * area * set.channels, (index + 1) * area * set.channels),
      (value) => value / 127.5 - 1,
    ),
    label,
    mark: marks === null ? null : marks.subarray(index * area, (index + 1) * area),
    isFree: set.freeOfDefects !== undefined && set.classes[label]?.name === set.freeOfDefects,
  }))
}

async function readMarks({ file, sha256 }: NonNullable<TrainingSet['marks']>): Promise<Uint8Array> {
  const bytes = await readFile(file).catch((thrown: unknown) => {
    throw changed(file, thrown)
  })
  if (sha256Of(bytes) !== sha256) throw changed(file)
  return bytes
}

const changed = (file: string, cause?: unknown): FlawsmithError =>
  new FlawsmithError(
    'training_set_changed',
    `${file} does not hold the marks that this run was started with. Start a new run.`,
    { file },
    { cause },
  )
