import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { ImagesRequest } from '../../../contract/images.ts'
import { mixSeed, seededRandom, type SeededRandom } from '../../random/seeded-random.ts'
import { photograph } from '../../surfaces/drawing/photograph.ts'
import { drawPit } from './draw-pit.ts'
import { drawScratch } from './draw-scratch.ts'
import { drawStain } from './draw-stain.ts'
import { drawSteel, type Steel } from './draw-steel.ts'

const defects: ReadonlyMap<string, (steel: Steel, random: SeededRandom) => void> = new Map([
  ['good', () => undefined],
  ['scratch', drawScratch],
  ['pit', drawPit],
  ['stain', drawStain],
])

/** One grey picture, uint8 [size, size]; equal arguments give equal pixels. `index` counts from 0. */
export function drawSample(
  className: string,
  { seed, index, size }: { readonly seed: number; readonly index: number; readonly size: number },
): Uint8Array {
  const drawDefect = defects.get(className)
  if (drawDefect === undefined)
    throw new FlawsmithError(
      'invalid_request',
      `The sample set has no class "${className}"; it draws ${[...defects.keys()].join(', ')}.`,
      { className },
    )
  const random = seededRandom(mixSeed(seed, `${className}/${index}`))
  const steel = drawSteel(random, size)
  drawDefect(steel, random)
  return photograph(steel, { random, grain: random.between(0.008, 0.016) })
}

/** Class folders of PNG files. Gives the number of files. */
export async function drawSampleSet({
  folder,
  seed,
  size,
  classes,
}: Extract<ImagesRequest, { kind: 'drawSampleSet' }>): Promise<number> {
  let files = 0
  for (const [className, count] of Object.entries(classes)) {
    await mkdir(join(folder, className), { recursive: true })
    for (let index = 0; index < count; index++, files++) {
      const pixels = drawSample(className, { seed, index, size })
      const png = await sharp(pixels, { raw: { width: size, height: size, channels: 1 } })
        .toColourspace('b-w')
        .png()
        .toBuffer()
      await writeFile(join(folder, className, `${className}_${String(index + 1).padStart(4, '0')}.png`), png)
    }
  }
  return files
}
