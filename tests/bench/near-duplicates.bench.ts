import { mkdtemp, rm } from 'node:fs/promises'
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import type { Sha256 } from '../../contract/ids.ts'
import { defaultThreshold } from '../../contract/groups.ts'
import { imageFile } from '../../native-worker/files/project-paths.ts'
import { sha256Of } from '../../native-worker/files/sha256-of.ts'
import { groupImages } from '../../native-worker/images/near-duplicates/group-images.ts'
import { RandomStream } from '../../native-worker/random/random-stream.ts'
import { drawSurface, drawView, pictureSize, surfaceKinds, takePicture } from '../helpers/draw-parts.ts'

/*
 * Looking for near-duplicates among stored pictures of 64 px, from nothing and with the spectra remembered: seconds on the clock and of all
 * processors (divided by the cores, what an idle machine would take), precision and recall of pairs, and the exponent of growth. Every
 * third part is seen once, the others four times: at other exposures, shifted, mirrored, turned, with noise; a quarter of the parts differs
 * from each other in little more than grain. Counts come as arguments: `npm run bench near-duplicates 10000 30000 100000`.
 */

sharp.concurrency(1)
const entry = fileURLToPath(new URL('../../native-worker/images/child.ts', import.meta.url))
const root = await mkdtemp(join(tmpdir(), 'flawsmith-bench-'))
const imagesFolder = join(root, 'images')
const asked = process.argv
  .slice(2)
  .map(Number)
  .filter((count) => count > 0)
const counts = asked.length > 0 ? asked : [10_000, 30_000, 100_000]
const images: Sha256[] = []
const parts: number[] = []

async function draw(count: number): Promise<void> {
  const random = RandomStream.fromSeed(9, 'views')
  for (let part = (parts.at(-1) ?? -1) + 1; images.length < count; part++) {
    const kind = surfaceKinds[part % surfaceKinds.length] ?? 'grain'
    const surface = drawSurface(kind, { seed: 2, part })
    const views = part % 3 === 0 ? 1 : 4
    const pngs = await Promise.all(
      Array.from({ length: views }, () =>
        sharp(takePicture(surface, drawView(random, { turns: kind !== 'layout' })), {
          raw: { width: pictureSize, height: pictureSize, channels: 1 },
        })
          .toColourspace('b-w')
          .png({ compressionLevel: 6 })
          .toBuffer(),
      ),
    )
    for (const png of pngs) {
      const sha256 = sha256Of(png)
      const file = imageFile(imagesFolder, sha256)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, png)
      images.push(sha256)
      parts.push(part)
    }
  }
}

interface Timed {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly precision: number
  readonly recall: number
}

async function find(count: number): Promise<Timed> {
  const startedAt = performance.now()
  const before = process.cpuUsage()
  const { groups } = await groupImages(
    {
      kind: 'group',
      id: 1,
      images: images.slice(0, count),
      imagesFolder,
      spectraFile: join(root, 'spectra.bin'),
      threshold: defaultThreshold,
    },
    { entry, signal: new AbortController().signal, onProgress: () => undefined },
  )
  const { user, system } = process.cpuUsage(before)
  return {
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: (user + system) / 1e6,
    ...judge(
      groups.map((members) => members.map(({ image }) => parts[image] ?? -1)),
      parts.slice(0, count),
    ),
  }
}

function judge(groups: readonly (readonly number[])[], all: readonly number[]): { precision: number; recall: number } {
  const pairsOf = (values: readonly number[]): number => {
    const sizes = new Map<number, number>()
    for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1)
    return [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
  }
  const right = groups.reduce((sum, group) => sum + pairsOf(group), 0)
  const found = groups.reduce((sum, group) => sum + (group.length * (group.length - 1)) / 2, 0)
  return { precision: right / found, recall: right / pairsOf(all) }
}

/** Of a power law through the first and the last. */
const exponent = (times: readonly { readonly count: number; readonly seconds: number }[]): number | null => {
  const [first, last] = [times[0], times.at(-1)]
  if (first === undefined || last === undefined || first === last) return null
  return Math.log(last.seconds / first.seconds) / Math.log(last.count / first.count)
}

const round = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(4)))
const print = (line: Readonly<Record<string, unknown>>): void => void process.stdout.write(`${JSON.stringify(line)}\n`)

try {
  const cold: { count: number; seconds: number }[] = []
  for (const count of counts) {
    await draw(count)
    await rm(join(root, 'spectra.bin'), { force: true })
    const fromNothing = await find(count)
    const remembered = await find(count)
    cold.push({ count, seconds: fromNothing.cpuSeconds })
    for (const [how, timed] of [
      ['from nothing', fromNothing],
      ['remembered', remembered],
    ] as const)
      print({
        bench: `near-duplicates among ${count} pictures, ${how}`,
        seconds: round(timed.seconds),
        cpuSeconds: round(timed.cpuSeconds),
        precision: round(timed.precision),
        recall: round(timed.recall),
      })
  }
  print({ bench: 'near-duplicates, growth of processor time', exponent: round(exponent(cold)), counts })
} finally {
  await rm(root, { recursive: true, force: true })
}
