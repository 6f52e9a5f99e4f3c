import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { RandomStream } from '../../native-worker/random/random-stream.ts'

/** Class folders of small pictures, each of a part of its own: `<folder>/<class>/<class>_<i>.png`. */
export async function drawClassFolders(folder: string, classes: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, count] of Object.entries(classes)) {
    await mkdir(join(folder, name), { recursive: true })
    for (let i = 0; i < count; i += 1)
      await writeFile(join(folder, name, `${name}_${i}.png`), await surfacePng(`${name} ${i}`))
  }
}

/** 40 × 30, grey patches of 5 pixels. */
function surfacePng(part: string): Promise<Buffer> {
  const random = RandomStream.fromSeed(1, part)
  const patches = Array.from({ length: 8 * 6 }, () => 40 + random.integer(176))
  const pixels = Buffer.from(
    Array.from({ length: 40 * 30 }, (_, at) => patches[8 * Math.floor(at / 200) + Math.floor((at % 40) / 5)] ?? 0),
  )
  return sharp(pixels, { raw: { width: 40, height: 30, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer()
}
