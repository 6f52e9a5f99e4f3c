import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { RandomStream } from '../../native-worker/random/random-stream.ts'

export type Texture = 'good' | 'scratch' | 'pit'

const edge = 32

/** A grainy surface with a bright line, a dark spot or nothing on it, 32 × 32 grey. */
export function drawTexture(kind: Texture, seed: number): Uint8Array {
  const random = RandomStream.fromSeed(seed, `texture ${kind}`)
  const grain = random.normals(edge * edge)
  const angle = random.uniform() * Math.PI
  const [x, y] = [8 + 16 * random.uniform(), 8 + 16 * random.uniform()]
  const width = 1 + random.uniform()
  const tone = 110 + 20 * random.uniform()
  return Uint8Array.from({ length: edge * edge }, (_, at) => {
    const across = (at % edge) - x
    const down = Math.floor(at / edge) - y
    const fromLine = Math.abs(across * Math.sin(angle) - down * Math.cos(angle))
    const fromSpot = Math.hypot(across, down) / 3
    const defects = {
      good: 0,
      scratch: 70 * Math.exp(-((fromLine / width) ** 2)),
      pit: -70 * Math.exp(-((fromSpot / width) ** 2)),
    }
    return Math.max(0, Math.min(255, tone + defects[kind] + 9 * (grain[at] ?? 0)))
  })
}

export const asPng = (pixels: Uint8Array): Promise<Buffer> =>
  sharp(Buffer.from(pixels), { raw: { width: edge, height: edge, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer()

/** `<folder>/<class>/<class>_<i>.png`, each of a part of its own. */
export async function drawTexturedFolders(
  folder: string,
  counts: Readonly<Partial<Record<Texture, number>>>,
): Promise<void> {
  for (const [name, count] of Object.entries(counts) as [Texture, number][]) {
    await mkdir(join(folder, name), { recursive: true })
    for (let i = 0; i < count; i += 1)
      await writeFile(join(folder, name, `${name}_${i}.png`), await asPng(drawTexture(name, i)))
  }
}
