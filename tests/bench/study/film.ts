import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { decode, encode } from 'fast-png'
import type { Snapshot } from '../../../contract/training.ts'
import { writeFilmstrip } from '../../../native-worker/cli/filmstrip.ts'

/** One strip a network, stacked: from noise to the end of the run, left to right, one row a class. */
export async function writeFilm(
  parts: readonly (readonly Snapshot[])[],
  { imagesFolder, file }: { imagesFolder: string; file: string },
): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const temporary = await mkdtemp(join(tmpdir(), 'film-'))
  const strips = []
  for (const [index, snapshots] of parts.entries()) {
    const strip = await writeFilmstrip({ snapshots, imagesFolder, file: join(temporary, `${index}.png`) })
    strips.push(decode(await readFile(strip)))
  }
  await rm(temporary, { recursive: true })
  const width = Math.min(...strips.map((strip) => strip.width))
  const channels = strips[0]?.channels ?? 1
  const height = strips.reduce((sum, strip) => sum + strip.height, 0)
  const film = new Uint8Array(width * height * channels)
  let top = 0
  for (const strip of strips) {
    for (let y = 0; y < strip.height; y++) {
      const from = y * strip.width * channels
      film.set(strip.data.subarray(from, from + width * channels), (top + y) * width * channels)
    }
    top += strip.height
  }
  await writeFile(file, encode({ data: film, width, height, channels, depth: 8 }))
}
