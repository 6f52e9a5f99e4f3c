import type { Channels } from '../../../../contract/project.ts'

/** Channels from the coarsest resolution to the image. A network takes as many as its size has resolutions. */
export const crganWidths = {
  XXS: [48, 48, 32, 16, 12, 8, 8],
  XS: [96, 96, 64, 32, 16, 12, 8],
  S: [192, 192, 128, 64, 32, 16, 16],
  M: [384, 384, 256, 128, 64, 32, 16],
} as const
export type CrganWidth = keyof typeof crganWidths

/**
 * The second doubles without a grid, lets no frame show at the border, and adds noise where the network asks for it. Runs of the
 * first go on with the first.
 */
export const crganEditions = ['1', '2'] as const
export type CrganEdition = (typeof crganEditions)[number]

export interface CrganShape {
  readonly edition: CrganEdition
  readonly size: number
  readonly channels: Channels
  readonly classCount: number
  readonly latent: number
  readonly width: CrganWidth
}

/** Edge of the coarsest map (4 to 7 pixels) and how often it doubles. */
export interface CrganLadder {
  readonly base: number
  readonly doublings: number
}

/** Null where a size has no ladder: it must be 4, 5, 6 or 7 times a power of two. */
export function crganLadder(size: number): CrganLadder | null {
  let base = size
  let doublings = 0
  while (base > 7 && base % 2 === 0) {
    base /= 2
    doublings++
  }
  return base >= 4 && base <= 7 && doublings >= 2 && doublings <= 6 ? { base, doublings } : null
}

export interface WeightShape {
  readonly name: string
  readonly shape: readonly number[]
  /** Standard deviation of the first values; 0 for biases. */
  readonly deviation: number
  /** First values are plus or minus the deviation instead of normal. */
  readonly isSigned?: true
}

const embeddingLength = 32
/** Length of the discriminator's features before its two outputs. */
const featureLength = 32
/**
 * In the first edition the class scales and shifts features from an eighth of the image on, at most here. With the latent it also lays out the
 * coarsest map: where only finer maps knew it, scratches came out where pits lay, as pits of another brightness.
 */
const conditionedFrom = 16
/** Convolution of a residual branch, relative to He's deviation: blocks start near their skip. */
const residualGain = 0.3

const he = (fanIn: number): number => Math.sqrt(2 / fanIn)

type FilterSize = readonly [kernel: number, from: number, to: number]

const filterAlone = (name: string, [kernel, from, to]: FilterSize, gain: number): WeightShape => ({
  name: `${name}/kernel`,
  shape: [kernel, kernel, from, to],
  deviation: gain * he(kernel * kernel * from),
})

const filter = (name: string, size: FilterSize): readonly WeightShape[] => [
  filterAlone(name, size, 1),
  { name: `${name}/bias`, shape: [size[2]], deviation: 0 },
]

/**
 * Doubling, stored as TensorFlow has transposed filters, [k, k, out, in]. First edition: 4 × 4, each output value sees 2 × 2 inputs.
 * Second: 3 × 3, which is summed into 4 × 4 when it is used.
 */
const doublingFilter = (
  { edition }: CrganShape,
  name: string,
  { from, to, gain = 1 }: { readonly from: number; readonly to: number; readonly gain?: number },
): readonly WeightShape[] => {
  const kernel = edition === '1' ? 4 : 3
  const seen = edition === '1' ? 4 : 9
  return [
    { name: `${name}/kernel`, shape: [kernel, kernel, to, from], deviation: gain * he(seen * from) },
    { name: `${name}/bias`, shape: [to], deviation: 0 },
  ]
}

/** How strong the noise is at first, a channel and by what the condition asks for. */
const firstNoise = 0.1

/** Gains of the noise map that joins a block: one a channel, and what the condition adds to it. */
const noiseGains = (name: string, { condition, fine }: { condition: number; fine: number }): readonly WeightShape[] => [
  { name: `${name}/noise/gain`, shape: [fine], deviation: firstNoise, isSigned: true },
  { name: `${name}/noise/kernel`, shape: [condition, fine], deviation: firstNoise * Math.sqrt(1 / condition) },
]

const dense = (name: string, [from, to]: readonly [number, number], deviation: number): readonly WeightShape[] => [
  { name: `${name}/kernel`, shape: [from, to], deviation },
  { name: `${name}/bias`, shape: [to], deviation: 0 },
]

/** One step of the ladder, from the coarse side: channels on both sides and the edge on the fine one. */
export interface CrganBlock {
  readonly name: string
  readonly coarse: number
  readonly fine: number
  readonly resolution: number
  readonly conditioned: boolean
}

/** One block a doubling but the last, which is the image layer: nothing else works at full size, where it would cost most. */
export function crganBlocks({ size, width, edition }: CrganShape): readonly CrganBlock[] {
  const { base, doublings } = requireLadder(size)
  const channels: readonly number[] = crganWidths[width]
  return Array.from({ length: doublings - 1 }, (_, index) => {
    const resolution = base * 2 ** (index + 1)
    return {
      name: `block${resolution}`,
      coarse: channels[index] ?? 8,
      fine: channels[index + 1] ?? 8,
      resolution,
      conditioned: edition === '2' || resolution >= Math.min(conditionedFrom, size / 8),
    }
  })
}

export function crganGeneratorWeights(shape: CrganShape): readonly WeightShape[] {
  const { base } = requireLadder(shape.size)
  const blocks = crganBlocks(shape)
  const coarsest = blocks[0]?.coarse ?? 0
  const finest = blocks.at(-1)?.fine ?? 0
  const condition = shape.latent + embeddingLength
  return [
    { name: 'classes', shape: [shape.classCount, embeddingLength], deviation: 1 },
    ...dense('input', [condition, base * base * coarsest], Math.sqrt(1 / condition)),
    ...blocks.flatMap(({ name, coarse, fine, conditioned }) => [
      ...doublingFilter(shape, `${name}/double`, { from: coarse, to: fine }),
      ...(conditioned ? dense(`${name}/film`, [condition, 2 * fine], 0.5 * Math.sqrt(1 / condition)) : []),
      ...(shape.edition === '2' ? noiseGains(name, { condition, fine }) : []),
      filterAlone(`${name}/refine`, [3, fine, fine], residualGain),
    ]),
    // The second edition's last channel says how strong the grain is, pixel by pixel.
    ...doublingFilter(shape, 'image', {
      from: finest,
      to: shape.edition === '2' ? shape.channels + 1 : shape.channels,
      gain: 0.5,
    }),
  ]
}

export function crganDiscriminatorWeights(shape: CrganShape): readonly WeightShape[] {
  const { base } = requireLadder(shape.size)
  const blocks = crganBlocks(shape)
  const coarsest = blocks[0]?.coarse ?? 0
  const finest = blocks.at(-1)?.fine ?? 0
  const features = base * base * (coarsest + 1)
  return [
    ...filter('image', [4, shape.channels, finest]),
    ...blocks
      .toReversed()
      .flatMap(({ name, coarse, fine }) => [
        filterAlone(`${name}/refine`, [3, fine, fine], residualGain),
        ...filter(`${name}/halve`, [4, fine, coarse]),
      ]),
    ...dense('features', [features, featureLength], he(features)),
    ...dense('realness', [featureLength, 1], Math.sqrt(1 / featureLength)),
    { name: 'classes', shape: [shape.classCount, featureLength], deviation: 1 },
  ]
}

function requireLadder(size: number): CrganLadder {
  const ladder = crganLadder(size)
  if (ladder === null) throw new RangeError(`crgan has no ladder to ${size} pixels`)
  return ladder
}

export const countWeights = (weights: readonly WeightShape[]): number =>
  weights.reduce((total, { shape }) => total + shape.reduce((product, length) => product * length, 1), 0)
