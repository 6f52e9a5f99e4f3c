import { createHash } from 'node:crypto'
import type { ClassId, Sha256 } from '../../contract/ids.ts'
import type { UpliftResult, UpliftWish } from '../../contract/uplift.ts'
import { RandomStream } from '../../native-worker/random/random-stream.ts'
import { followProtocol } from '../../native-worker/service/uplift/follow-protocol.ts'
import type { UpliftInput, UpliftSide } from '../../native-worker/service/uplift/uplift-input.ts'
import type { UpliftPace } from '../../native-worker/service/uplift/uplift-scales.ts'
import { loadEngine } from '../../native-worker/trainer/engines/load-engine.ts'
import { refuseTestImages } from '../../native-worker/trainer/refuse-test-images.ts'
import type { ImageSet } from '../../native-worker/trainer/uplift/image-set.ts'
import { CellMeasurer } from '../../native-worker/trainer/uplift/measure-cells.ts'

export const size = 16

/** A picture of a class; the same for the same stream. */
export type DrawPicture = (random: RandomStream) => Uint8Array

export interface MadeUpClass {
  readonly name: string
  readonly train: number
  readonly draw: DrawPicture
  /** What is chosen by and tested on, where it differs from what there is to learn from. */
  readonly drawTest?: DrawPicture
}

export interface MadeUpSource {
  readonly name: string
  /** Samples of a class, made from its train images. */
  readonly make: (options: {
    readonly label: number
    readonly train: readonly Uint8Array[]
    readonly random: RandomStream
  }) => Uint8Array
}

/** Small enough for a test; without a limit of time, so that every machine measures the same. */
const pace: UpliftPace = {
  scale: { edge: size, widths: [8, 12], families: 4, perFamily: 4 },
  ladder: [200, 500],
  ladderSeeds: 2,
  choosingSeeds: 2,
  doses: [1],
  sources: 20,
  comparesUngated: true,
  budgetSeconds: Number.POSITIVE_INFINITY,
}

/** The whole protocol over pictures that are drawn here: good ones first, then defects. */
export async function measureMadeUpTask({
  classes,
  tested,
  sources,
  seed = 1,
  wish,
}: {
  readonly classes: readonly MadeUpClass[]
  /** Test images a class; a third as many are chosen by. */
  readonly tested: number
  readonly sources: readonly MadeUpSource[]
  readonly seed?: number
  readonly wish?: Partial<UpliftWish>
}): Promise<Awaited<ReturnType<typeof followProtocol>>> {
  const drawSide = (side: string, count: (each: MadeUpClass) => number): Uint8Array[][] =>
    classes.map((each) => {
      const random = RandomStream.fromSeed(seed, `${side} ${each.name}`)
      const draw = side === 'train' ? each.draw : (each.drawTest ?? each.draw)
      return Array.from({ length: count(each) }, () => draw(random))
    })
  const train = drawSide('train', (each) => each.train)
  const validation = drawSide('validation', () => Math.ceil(tested / 2))
  const test = drawSide('test', () => tested)
  const largest = Math.max(...classes.map((each) => each.train))
  const samples = sources.map(({ name, make }) =>
    classes.map((each, label) => {
      const random = RandomStream.fromSeed(seed, `${name} ${each.name}`)
      return Array.from({ length: largest - each.train }, () => make({ label, train: train[label] ?? [], random }))
    }),
  )
  const input: UpliftInput = {
    classes: classes.map(({ name }, label) => ({
      classId: (label + 1) as ClassId,
      name,
      isFreeOfDefects: label === 0,
    })),
    train: sideOf(train),
    validation: sideOf(validation),
    heldOut: [],
    test: sideOf(test),
    sources: samples.map((images, index) => ({
      name: sources[index]?.name ?? '',
      recipe: 'procedural',
      gated: false,
      images: images.map((each) => each.map(digestOf)),
    })),
    canPaint: false,
    absent: [],
  }
  const images = {
    train: setOf(train),
    validation: setOf(validation),
    heldOut: [],
    test: setOf(test),
    sources: samples.map(setOf),
    freeOfDefects: 0,
  }
  refuseTestImages(images.test, { train: images.train, ...Object.fromEntries(images.sources.entries()) })
  const engine = await loadEngine('wasm', { cacheFolder: '' })
  const measurer = new CellMeasurer(images, { engine, scale: pace.scale })
  return followProtocol(input, {
    wish: { mode: 'quick', ...wish },
    pace,
    engine: 'wasm',
    measure: (cells) => Promise.resolve(cells.map((cell) => measurer.measure(cell))),
  })
}

const digestOf = (pixels: Uint8Array): Sha256 => createHash('sha256').update(pixels).digest('hex') as Sha256

const sideOf = (classes: readonly (readonly Uint8Array[])[]): UpliftSide => ({
  images: classes.flat().map(digestOf),
  counts: classes.map(({ length }) => length),
  groups: classes.flat().map((_, index) => index),
})

const setOf = (classes: readonly (readonly Uint8Array[])[]): ImageSet => ({
  pixels: Buffer.concat(classes.flat()),
  size,
  channels: 1,
  counts: classes.map(({ length }) => length),
})

/** Uneven grey, as of a machined surface, of any brightness between two. */
export function drawGrain(
  random: RandomStream,
  { darkest, brightest }: { readonly darkest: number; readonly brightest: number },
): Float32Array {
  const level = darkest + (brightest - darkest) * random.uniform()
  return random.normals(size * size).map((value) => level + 10 * value)
}

/** Fine upright stripes all over. */
export function addStripes(
  values: Float32Array,
  { random, strength }: { readonly random: RandomStream; readonly strength: number },
): Float32Array {
  const phase = random.integer(4)
  return values.map((value, place) => value + strength * ((((place % size) + phase) >> 1) % 2 === 0 ? 1 : -1))
}

/** Each value averaged with the one two places on: stripes of that width are gone. */
export const blendShifted = (values: Float32Array): Float32Array =>
  values.map((value, place) => {
    const row = Math.floor(place / size) * size
    return (value + (values[row + ((place - row + 2) % size)] ?? 0)) / 2
  })

/** A bright mark in the middle. */
export function addDot(values: Float32Array): Float32Array {
  const marked = values.slice()
  for (let row = 6; row < 9; row++) for (let column = 6; column < 9; column++) marked[row * size + column] = 250
  return marked
}

/** Each value the mean of its neighbourhood. */
export function soften(values: Float32Array): Float32Array {
  const within = (place: number): number => Math.max(0, Math.min(size - 1, place))
  return values.map((_, place) => {
    const row = Math.floor(place / size)
    const column = place % size
    let sum = 0
    for (let down = -1; down <= 1; down++)
      for (let right = -1; right <= 1; right++) sum += values[within(row + down) * size + within(column + right)] ?? 0
    return sum / 9
  })
}

export const toBytes = (values: Float32Array): Uint8Array =>
  Uint8Array.from(values, (value) => Math.max(0, Math.min(255, Math.round(value))))

export type MadeUpResult = Omit<UpliftResult, 'measuredAt' | 'seconds' | 'inputs'>
