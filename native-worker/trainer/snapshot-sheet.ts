import type { Channels } from '../../contract/project.ts'
import type { Engine } from './engines/engine.ts'
import type { Gan } from './adversarial/gan.ts'
import { drawImages } from './draw-images.ts'
import type { Picture } from './image-store.ts'
import { RandomStream } from '../random/random-stream.ts'

export const sheetColumns = 8

/** A sheet from the run's fixed latents: one row a class, the same latent down each column. */
export function drawSheet(
  { engine, gan }: { engine: Engine; gan: Gan },
  { seed, classCount, size, channels }: { seed: number; classCount: number; size: number; channels: Channels },
): Picture {
  const random = RandomStream.fromSeed(seed, 'snapshots')
  const columns = Array.from({ length: sheetColumns }, () => random.normals(gan.latentLength))
  const latents = Array.from({ length: classCount }, (_, label) => columns.map((values) => ({ values, label }))).flat()
  const tiles = drawImages({ engine, gan }, latents)
  const width = sheetColumns * size
  const height = classCount * size
  const pixels = new Uint8Array(width * height * channels)
  const rowLength = size * channels
  tiles.forEach(({ pixels: tile }, index) => {
    const top = Math.floor(index / sheetColumns) * size
    const left = (index % sheetColumns) * size
    for (let row = 0; row < size; row++) {
      pixels.set(tile.subarray(row * rowLength, (row + 1) * rowLength), ((top + row) * width + left) * channels)
    }
  })
  return { width, height, channels, pixels }
}
