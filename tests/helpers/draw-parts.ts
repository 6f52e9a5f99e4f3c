import { RandomStream } from '../../native-worker/random/random-stream.ts'

/*
 * Pictures of parts as an inspection line takes them: each part has a surface of its own, of one of a few kinds, and is taken several
 * times, at other exposures, shifted, mirrored, with the camera's noise.
 */

export const surfaceKinds = ['grain', 'brushed', 'layout', 'scratched'] as const
export type SurfaceKind = (typeof surfaceKinds)[number]

/** A picture has 64 pixels an edge; a surface is larger by what a view may be shifted, on each side. */
export const pictureSize = 64
const margin = 4
const surfaceSize = pictureSize + 2 * margin

/** [72, 72], about −1 … 1. The same seed and part give the same surface. */
export function drawSurface(
  kind: SurfaceKind,
  { seed, part }: { readonly seed: number; readonly part: number },
): Float32Array {
  const random = RandomStream.fromSeed(seed * 1_000_003 + part, `surface ${kind}`)
  const surface = new Float32Array(surfaceSize ** 2)
  const add = (cell: readonly [number, number], weight: number, own = random): void =>
    addNoise(surface, { cell, weight, random: own })
  if (kind === 'grain') {
    add([12, 12], 0.35)
    add([5, 5], 0.35)
    add([2, 2], 0.25)
  } else if (kind === 'layout') {
    // The same for every part of this kind: a housing, a weld, a printed mark.
    const common = RandomStream.fromSeed(seed, 'layout of all parts')
    add([9, 9], 0.5, common)
    add([4, 4], 0.3, common)
    add([5, 5], 0.15)
    add([2, 2], 0.15)
  } else {
    add([40, 1.3], 0.35)
    add([30, 3], 0.3)
    add([4, 4], 0.12)
    if (kind === 'scratched') addScratch(surface, random)
  }
  return surface
}

function addNoise(
  surface: Float32Array,
  {
    cell: [cellX, cellY],
    weight,
    random,
  }: { readonly cell: readonly [number, number]; readonly weight: number; readonly random: RandomStream },
): void {
  const columns = Math.ceil(surfaceSize / cellX) + 2
  const lattice = Float32Array.from(
    { length: columns * (Math.ceil(surfaceSize / cellY) + 2) },
    () => random.uniform() * 2 - 1,
  )
  for (let y = 0; y < surfaceSize; y++) {
    const row = Math.floor(y / cellY)
    const down = y / cellY - row
    for (let x = 0; x < surfaceSize; x++) {
      const column = Math.floor(x / cellX)
      const across = x / cellX - column
      const at = row * columns + column
      const top = (lattice[at] ?? 0) * (1 - across) + (lattice[at + 1] ?? 0) * across
      const bottom = (lattice[at + columns] ?? 0) * (1 - across) + (lattice[at + columns + 1] ?? 0) * across
      const place = y * surfaceSize + x
      surface[place] = (surface[place] ?? 0) + weight * (top * (1 - down) + bottom * down)
    }
  }
}

/** All scratches look alike: thin, bright, nearly upright. */
function addScratch(surface: Float32Array, random: RandomStream): void {
  const middle = 20 + random.uniform() * 32
  const slope = (random.uniform() - 0.5) * 0.3
  for (let y = 10; y < surfaceSize - 10; y++) {
    const at = middle + slope * (y - surfaceSize / 2)
    for (let x = Math.floor(at) - 1; x <= at + 2; x++) {
      const place = y * surfaceSize + x
      surface[place] = (surface[place] ?? 0) + 0.9 * Math.exp(-((x - at) ** 2))
    }
  }
}

export interface View {
  /** Pixels, at most 4 either way. */
  readonly x: number
  readonly y: number
  readonly mirrored: boolean
  readonly flipped: boolean
  readonly quarterTurn: boolean
  readonly gain: number
  readonly gamma: number
  /** Grey levels, one standard deviation. */
  readonly noise: number
  readonly noiseSeed: number
}

export function drawView(random: RandomStream, { turns }: { readonly turns: boolean }): View {
  return {
    x: random.integer(5) - 2,
    y: random.integer(5) - 2,
    mirrored: turns && random.uniform() < 0.3,
    flipped: turns && random.uniform() < 0.3,
    quarterTurn: turns && random.uniform() < 0.15,
    gain: 0.5 + random.uniform() * 0.9,
    gamma: 0.7 + random.uniform() * 0.7,
    noise: 1 + random.uniform() * 3,
    noiseSeed: random.word(),
  }
}

/** uint8 [64, 64] */
export function takePicture(surface: Float32Array, view: View): Uint8Array {
  const random = RandomStream.fromSeed(view.noiseSeed, 'camera')
  const picture = new Uint8Array(pictureSize ** 2)
  const last = pictureSize - 1
  // Uneven light, the same for all: it belongs to the line.
  const light = (x: number, y: number): number => 1 - 0.35 * ((x / last - 0.35) ** 2 + (y / last - 0.6) ** 2)
  for (let y = 0; y < pictureSize; y++)
    for (let x = 0; x < pictureSize; x++) {
      const [a, b] = view.quarterTurn ? [y, x] : [x, y]
      const fromX = (view.mirrored ? last - a : a) + margin + view.x
      const fromY = (view.flipped ? last - b : b) + margin + view.y
      const reflected = Math.max(0.01, 0.5 + 0.38 * (surface[fromY * surfaceSize + fromX] ?? 0))
      const grey = 255 * Math.min(1, view.gain * light(x, y) * reflected) ** view.gamma
      picture[y * pictureSize + x] = Math.max(0, Math.min(255, Math.round(grey + view.noise * random.normal())))
    }
  return picture
}
