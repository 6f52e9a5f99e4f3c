import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { RecordedFile } from '../../../contract/trainer.ts'
import { RunPlan } from '../../../contract/trainer.ts'
import { sha256Of } from '../../files/sha256-of.ts'
import { decodeSafetensors, type TensorFile } from '../safetensors.ts'
import { baseFileName, baseFormat, type Base, type BaseName } from './base.ts'
import { baseTensorsOf } from './base-tensors-of.ts'

const size = v.pipe(v.number(), v.integer(), v.minValue(16), v.maxValue(1024))
const BaseMetadata = v.object({
  format: v.literal(baseFormat.format),
  version: v.literal(baseFormat.version),
  size: v.pipe(v.string(), v.transform(Number), size),
})

/**
 * One that comes with Flawsmith, or a file: a base, or the checkpoint of a run.
 * @throws FlawsmithError `base_invalid`
 */
export async function readBase(given: BaseName | RecordedFile | null): Promise<Base> {
  if (given === null) throw invalid('run', 'the run to start from was not named')
  if (typeof given === 'string') return decodeBase(await readShipped(given), { name: given, sha256: null })
  const { file, sha256 } = given
  const bytes = await readFile(file).catch((thrown: unknown) => {
    throw invalid(file, 'it cannot be read', thrown)
  })
  return decodeBase(bytes, { name: file, sha256 })
}

/** Bases lie beside the bundles; run from source, beside this file. */
async function readShipped(name: BaseName): Promise<Buffer> {
  const file = join(import.meta.dirname, baseFileName(name))
  if (!existsSync(file)) throw invalid(name, 'its file is missing')
  return readFile(file)
}

/**
 * @param sha256 that it must have; null for any
 * @throws FlawsmithError `base_invalid` where the bytes are neither base nor checkpoint, or hold what is no number
 */
export function decodeBase(
  bytes: Buffer,
  { name, sha256 }: { readonly name: string; readonly sha256: string | null },
): Base {
  const found = sha256Of(bytes)
  if (sha256 !== null && found !== sha256) throw invalid(name, 'it is not the file that was recorded')
  try {
    const file = decodeSafetensors(bytes)
    const broken = file.tensors.find(({ values }) => values.some((value) => !Number.isFinite(value)))
    if (broken !== undefined) throw new RangeError(`${broken.name} holds what is no number`)
    const isCheckpoint = file.metadata['format'] === 'flawsmith-checkpoint'
    return { ...(isCheckpoint ? fromCheckpoint(file) : fromBase(file)), sha256: found }
  } catch (thrown) {
    throw invalid(name, thrown instanceof Error ? thrown.message : String(thrown), thrown)
  }
}

const fromBase = ({ metadata, tensors }: TensorFile): Omit<Base, 'sha256'> => ({
  size: v.parse(BaseMetadata, metadata).size,
  tensors: new Map(tensors.map((tensor) => [tensor.name, tensor])),
})

function fromCheckpoint({ metadata, tensors }: TensorFile): Omit<Base, 'sha256'> {
  const plan = v.parse(RunPlan, JSON.parse(metadata['plan'] ?? ''))
  return { size: plan.size, tensors: new Map(baseTensorsOf(tensors).map((tensor) => [tensor.name, tensor])) }
}

const invalid = (name: string, why: string, cause?: unknown): FlawsmithError =>
  new FlawsmithError(
    'base_invalid',
    `A run cannot start from “${name}”: ${why}. Choose another base, or train from scratch (parameter base: none).`,
    { base: name, why },
    { cause },
  )
