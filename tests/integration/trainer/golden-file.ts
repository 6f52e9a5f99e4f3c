import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RecipeId } from '../../../contract/training.ts'

/** Reference numbers of one recipe from another framework; tensors are made from a formula, outputs are sampled. */
export interface GoldenFile {
  readonly file: string
  readonly recipe: RecipeId
  readonly layout: string
  readonly config: Readonly<Record<string, number | string>>
  readonly generator: GoldenNetwork
  readonly discriminator: GoldenNetwork
  readonly inputs: { readonly z: Fill; readonly x: Fill; readonly labels?: readonly number[] }
  readonly inference: Readonly<Record<string, Sampled>>
  readonly one_training_step?: {
    readonly lr: { readonly G: number; readonly D: number }
    readonly lossReal: number
    readonly lossFake: number
    readonly lossG: number
    readonly G_after: Readonly<Record<string, Sampled>>
    readonly D_after: Readonly<Record<string, Sampled>>
  }
}

export interface GoldenNetwork {
  readonly trainable_parameters: number
  readonly tensors: readonly (Fill & { readonly name: string })[]
}

export interface Fill {
  readonly shape: readonly number[]
  readonly k: number
  readonly scale: number
  readonly offset: number
  readonly unit_norm?: boolean
}

export interface Sampled {
  readonly size: number
  readonly mean: number
  readonly std: number
  readonly at: readonly (readonly [number, number])[]
}

export const goldenFolder = process.env['FLAWSMITH_GOLDEN'] ?? join(import.meta.dirname, '../../fixtures/golden')

export function readGoldenFiles(): readonly GoldenFile[] {
  return readdirSync(goldenFolder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ ...(JSON.parse(readFileSync(join(goldenFolder, name), 'utf8')) as GoldenFile), file: name }))
    .filter((golden) => 'generator' in golden)
}

/** The formula of the files' `fill`: a Weyl sequence by 32-bit arithmetic, i from 1, row-major. */
export function fillTensor({ shape, k, scale, offset, unit_norm: unitNorm }: Fill): Float32Array {
  const count = shape.reduce((product, length) => product * length, 1)
  const start = Number((BigInt(k + 1) * 40503n * 65537n) % 2n ** 32n)
  const values = new Float32Array(count)
  for (let index = 0; index < count; index++) {
    const word = ((Math.imul(index + 1, 2654435761) >>> 0) + start) % 2 ** 32
    values[index] = 2 * scale * (word / 2 ** 32 - 0.5) + offset
  }
  if (unitNorm !== true) return values
  const norm = Math.sqrt(values.reduce((total, value) => total + value * value, 0))
  return values.map((value) => value / norm)
}

/** Reorders axes: `axes[i]` is the source axis that becomes axis i. */
export function permute(values: Float32Array, shape: readonly number[], axes: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1))
  const outShape = axes.map((axis) => shape[axis] ?? 1)
  const outStrides = axes.map((axis) => strides[axis] ?? 1)
  const result = new Float32Array(values.length)
  const position = outShape.map(() => 0)
  for (let index = 0; index < result.length; index++) {
    result[index] = values[position.reduce((total, at, axis) => total + at * (outStrides[axis] ?? 0), 0)] ?? Number.NaN
    for (let axis = position.length - 1; axis >= 0; axis--) {
      position[axis] = (position[axis] ?? 0) + 1
      if ((position[axis] ?? 0) < (outShape[axis] ?? 1)) break
      position[axis] = 0
    }
  }
  return result
}
