import { UMAP } from 'umap-js'
import { RandomStream } from '../../random/random-stream.ts'
import { drawRows } from '../draw-rows.ts'
import { selectRows, type FeatureMatrix } from '../feature-matrix.ts'
import { nearestNeighbours, type Neighbours } from './nearest-neighbours.ts'
import { principalAxes, projectRows } from './principal-axes.ts'

/** Rows that are laid out together; all others are put between these. More take longer than a map is worth. */
export const mostLandmarks = 5000
/** Directions that the neighbours are found in. */
const axes = 32
const neighbours = 15
/** Landmarks between which another row is put. */
const landmarksAround = 5
const seed = 1
/** More bring a large map hardly further, and each takes as long as the first. */
const epochsFor = (rows: number): number => (rows <= 2000 ? 500 : 200)

interface MapProgress {
  readonly done: number
  readonly total: number
}

/**
 * Puts rows on a plane so that neighbours stay neighbours (McInnes et al. 2018), from exact neighbours along the directions in which rows
 * vary most. Of more than `mostLandmarks` rows, the first `firm` and as many others drawn by chance are laid out; every other row is put at
 * the mean of its five nearest of these, weighted by how near they are. Equal rows give equal maps. Far apart on it says nothing.
 * @param features taken as differences from 0
 * @returns [rows, 2], both between −1 and 1
 */
export function drawMap(
  features: FeatureMatrix,
  {
    firm = 0,
    landmarks: most = mostLandmarks,
    onProgress,
  }: {
    readonly firm?: number
    readonly landmarks?: number
    readonly onProgress?: (progress: MapProgress) => void
  } = {},
): Float32Array {
  const { rows } = features
  const chosen = chooseLandmarks(rows, { firm, most })
  const isLandmark = new Set(chosen)
  const others = Array.from({ length: rows }, (_, row) => row).filter((row) => !isLandmark.has(row))
  const random = RandomStream.fromSeed(seed, 'map')
  const raw = selectRows(features, chosen)
  const directions = principalAxes(raw, { axes, random })
  const landmarks = projectRows(raw, directions)
  const umapped = layOut(landmarks, {
    random,
    onProgress: (share) => {
      onProgress?.({ done: Math.round(share * chosen.length), total: rows })
    },
  })
  const placed = new Float32Array(rows * 2)
  chosen.forEach((row, at) => {
    placed.set(umapped[at] ?? [0, 0], 2 * row)
  })
  const around = nearestNeighbours(projectRows(selectRows(features, others), directions), landmarks, {
    count: Math.min(landmarksAround, chosen.length),
    onProgress: (done) => {
      onProgress?.({ done: chosen.length + done, total: rows })
    },
  })
  others.forEach((row, at) => {
    placed.set(between(around[at], umapped), 2 * row)
  })
  return fitInSquare(placed)
}

/** The firm ones as far as they fit into half of the places, the rest by chance. */
function chooseLandmarks(rows: number, { firm, most }: { readonly firm: number; readonly most: number }): number[] {
  if (rows <= most) return Array.from({ length: rows }, (_, row) => row)
  const random = RandomStream.fromSeed(seed, 'map landmarks')
  const ofFirm = drawRows(random, { rows: firm, count: Math.min(firm, Math.ceil(most / 2)) })
  const ofOthers = drawRows(random, { rows: rows - firm, count: Math.min(rows - firm, most - ofFirm.length) })
  return [...ofFirm, ...ofOthers.map((row) => firm + row)].sort((a, b) => a - b)
}

function layOut(
  matrix: FeatureMatrix,
  { random, onProgress }: { readonly random: RandomStream; readonly onProgress: (share: number) => void },
): readonly (readonly number[])[] {
  const count = Math.min(neighbours, matrix.rows - 1)
  // Fewer have no neighbourhoods to keep.
  if (count < 2) return Array.from({ length: matrix.rows }, (_, row) => [row, 0])
  const umap = new UMAP({ nNeighbors: count, nEpochs: epochsFor(matrix.rows), random: () => random.uniform() })
  const found = nearestNeighbours(matrix, matrix, { count })
  umap.setPrecomputedKNN(
    found.map(({ indices }) => [...indices]),
    found.map(({ distances }) => [...distances]),
  )
  const epochs = umap.initializeFit(
    Array.from({ length: matrix.rows }, (_, row) => [
      ...matrix.values.subarray(row * matrix.columns, (row + 1) * matrix.columns),
    ]),
  )
  for (let epoch = 0; epoch < epochs; epoch++) {
    umap.step()
    onProgress((epoch + 1) / epochs)
  }
  return umap.getEmbedding()
}

function between(around: Neighbours | undefined, landmarks: readonly (readonly number[])[]): readonly [number, number] {
  let [x, y, sum] = [0, 0, 0]
  around?.indices.forEach((landmark, at) => {
    const weight = 1 / Math.max(1e-6, around.distances[at] ?? 1)
    const [left = 0, top = 0] = landmarks[landmark] ?? []
    x += weight * left
    y += weight * top
    sum += weight
  })
  return sum === 0 ? [0, 0] : [x / sum, y / sum]
}

/** Both coordinates by one factor: what is round stays round. */
function fitInSquare(places: Float32Array): Float32Array {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let at = 0; at < places.length; at += 2) {
    const [x, y] = [places[at] as number, places[at + 1] as number]
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  const half = Math.max(right - left, bottom - top, 1e-9) / 2
  const [centreX, centreY] = [(left + right) / 2, (top + bottom) / 2]
  return places.map((value, at) => (value - (at % 2 === 0 ? centreX : centreY)) / half)
}
