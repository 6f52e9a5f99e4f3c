import type { RandomStream } from '../../../random/random-stream.ts'
import type { Base, BaseTensor } from '../../bases/base.ts'
import { crganBlocks, crganLadder, type CrganShape, type WeightShape } from './crgan-architecture.ts'

/** How far the first class vectors lie from the mean of the base's, in its deviations. */
const classSpread = 0.3

/**
 * First values of a network from a base, by weight name; what the base cannot give is not in there and stays as it was drawn.
 * Blocks are matched from the coarse side, so that a base of 64 px serves larger images with a fresh top; where the coarsest map
 * is not 4 × 4, its layout is resampled.
 */
export function weightsFromBase(
  base: Base,
  {
    network,
    shape,
    weights,
    random,
  }: {
    readonly network: 'generator' | 'discriminator'
    readonly shape: CrganShape
    readonly weights: readonly WeightShape[]
    readonly random: RandomStream
  },
): ReadonlyMap<string, Float32Array> {
  const baseBlocks = crganBlocks({ ...shape, size: base.size })
  const blocks = crganBlocks(shape)
  const inBase = (name: string): string => {
    const index = blocks.findIndex((block) => name.startsWith(`${block.name}/`))
    const counterpart = baseBlocks[index]?.name
    if (index < 0) return name
    return counterpart === undefined ? 'none' : counterpart + name.slice(blocks[index]?.name.length)
  }
  const found = weights.flatMap((weight): readonly (readonly [string, Float32Array])[] => {
    const { name, shape: wanted } = weight
    if (name === 'classes') {
      const values = classVectors(base, { network, classes: wanted[0] ?? 0, random })
      return values === null ? [] : [[name, values]]
    }
    const stored = base.tensors.get(`${network}/${inBase(name)}`)
    if (stored === undefined) return []
    if (stored.shape.join() === wanted.join()) return [[name, stored.values.slice()]]
    const fitted =
      tint(stored, { network, weight, random }) ?? resampleLayout(stored, { name, wanted, shape, baseSize: base.size })
    return fitted === null ? [] : [[name, fitted]]
  })
  return new Map(found)
}

function classVectors(
  base: Base,
  { network, classes, random }: { network: string; classes: number; random: RandomStream },
): Float32Array | null {
  const mean = base.tensors.get(`${network}/classes/mean`)?.values
  const deviation = base.tensors.get(`${network}/classes/deviation`)?.values
  if (mean === undefined || deviation === undefined) return null
  return Float32Array.from(
    { length: classes * mean.length },
    (_, index) =>
      (mean[index % mean.length] ?? 0) + classSpread * (deviation[index % mean.length] ?? 0) * random.normal(),
  )
}

/**
 * A grey image layer for colour: the generator's draws every colour as it drew grey, the discriminator's looks at their mean, and a
 * little at each in a way of its own.
 */
function tint(
  { shape: stored, values }: BaseTensor,
  { network, weight, random }: { network: string; weight: WeightShape; random: RandomStream },
): Float32Array | null {
  const { name, shape: wanted, deviation } = weight
  if (network === 'generator') {
    // [3, 3, 1 + 1, in] to [3, 3, 3 + 1, in], and its bias: the last one is the grain's.
    const axis = name === 'image/kernel' ? 2 : name === 'image/bias' ? 0 : null
    if (axis === null || stored[axis] !== 2 || wanted[axis] !== 4) return null
    if (stored.some((length, at) => at !== axis && length !== wanted[at])) return null
    const inner = axis === 2 ? (stored[3] ?? 1) : 1
    return Float32Array.from({ length: values.length * 2 }, (_, index) => {
      const channel = Math.floor(index / inner) % 4
      const outer = Math.floor(index / inner / 4)
      return values[(outer * 2 + (channel === 3 ? 1 : 0)) * inner + (index % inner)] ?? 0
    })
  }
  // [4, 4, 1, out] to [4, 4, 3, out].
  if (name !== 'image/kernel' || stored[2] !== 1 || wanted[2] !== 3 || stored[3] !== wanted[3]) return null
  const out = stored[3] ?? 1
  return Float32Array.from(
    { length: values.length * 3 },
    (_, index) =>
      (values[Math.floor(index / (3 * out)) * out + (index % out)] ?? 0) / 3 + 0.25 * deviation * random.normal(),
  )
}

/** The two layers that know where in the image they are, on another coarsest map. */
function resampleLayout(
  { shape: stored, values }: BaseTensor,
  { name, wanted, shape, baseSize }: { name: string; wanted: readonly number[]; shape: CrganShape; baseSize: number },
): Float32Array | null {
  const from = crganLadder(baseSize)?.base ?? 0
  const to = crganLadder(shape.size)?.base ?? 0
  if (from === to) return null
  switch (name) {
    // [condition, edge² · channels]
    case 'input/kernel':
    case 'input/bias': {
      const rows = name === 'input/kernel' ? (stored[0] ?? 0) : 1
      if (name === 'input/kernel' && stored[0] !== wanted[0]) return null
      const channels = values.length / rows / from ** 2
      return concatenate(
        Array.from({ length: rows }, (_, row) =>
          resampleMap(values.subarray(row * from ** 2 * channels, (row + 1) * from ** 2 * channels), {
            from,
            to,
            channels,
          }),
        ),
      )
    }
    // [edge² · channels, features]: more inputs, so that each counts less.
    case 'features/kernel': {
      if (stored[1] !== wanted[1]) return null
      const channels = values.length / from ** 2
      return resampleMap(values, { from, to, channels }).map((value) => value * (from / to) ** 2)
    }
    default:
      return null
  }
}

/** Bilinear, [from, from, channels] to [to, to, channels]. */
function resampleMap(
  map: Float32Array,
  { from, to, channels }: { from: number; to: number; channels: number },
): Float32Array {
  const result = new Float32Array(to * to * channels)
  const place = (index: number): { low: number; high: number; part: number } => {
    const at = Math.min(from - 1, Math.max(0, ((index + 0.5) * from) / to - 0.5))
    const low = Math.floor(at)
    return { low, high: Math.min(from - 1, low + 1), part: at - low }
  }
  for (let row = 0; row < to; row++)
    for (let column = 0; column < to; column++) {
      const y = place(row)
      const x = place(column)
      for (let channel = 0; channel < channels; channel++) {
        const at = (r: number, c: number): number => map[(r * from + c) * channels + channel] ?? 0
        const upper = at(y.low, x.low) * (1 - x.part) + at(y.low, x.high) * x.part
        const lower = at(y.high, x.low) * (1 - x.part) + at(y.high, x.high) * x.part
        result[(row * to + column) * channels + channel] = upper * (1 - y.part) + lower * y.part
      }
    }
  return result
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const result = new Float32Array(parts.reduce((total, { length }) => total + length, 0))
  let offset = 0
  for (const part of parts) {
    result.set(part, offset)
    offset += part.length
  }
  return result
}
