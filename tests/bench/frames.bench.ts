import { mkdirSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { createProject } from '../../native-worker/project/create-project.ts'
import { addFrames } from '../../native-worker/project/frames/add-frames.ts'
import { cutFrames } from '../../native-worker/project/frames/cut-frames.ts'
import { frameSource } from '../../native-worker/project/frames/frame-source.ts'
import { openProject } from '../../native-worker/project/open-project.ts'
import { insertFrameBox } from '../../native-worker/project/storage/frame-boxes.ts'
import { getFrame } from '../../native-worker/project/storage/frames.ts'
import { createImagesClient } from '../../native-worker/service/children/images-client.ts'

/*
 * A grey frame of 20,000 × 20,000 pixels: how long until the first tile of it is there, how long to cut 200 patches around boxes,
 * and the most memory that the process that reads pictures took. Memory is read from /proc: Linux only.
 */

const edge = 20_000
const boxes = 200
const root = await mkdtemp(join(tmpdir(), 'flawsmith-bench-'))
const [sheets, cache] = [join(root, 'sheets'), join(root, 'cache')]
for (const folder of [sheets, join(cache, 'pictures')]) mkdirSync(folder, { recursive: true })

async function drawFrame(file: string): Promise<void> {
  const side = 1000
  const grain = Buffer.from(Array.from({ length: side * side }, (_, at) => 112 + (Math.imul(at, 2654435761) >>> 27)))
  const tile = await sharp(grain, { raw: { width: side, height: side, channels: 1 } })
    .png()
    .toBuffer()
  await sharp({ create: { width: edge, height: edge, channels: 3, background: '#888' }, limitInputPixels: false })
    .composite([{ input: tile, tile: true }])
    .removeAlpha()
    .toColourspace('b-w')
    .png({ compressionLevel: 1 })
    .toFile(file)
}

async function peakMib(): Promise<number> {
  const children = await readdir(`/proc/${process.pid}/task`)
  const pids = await Promise.all(
    children.map((task) => readFile(`/proc/${process.pid}/task/${task}/children`, 'utf8').catch(() => '')),
  )
  const [pid] = pids.join(' ').trim().split(/\s+/)
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}

const timed = async <Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly seconds: number }> => {
  const start = performance.now()
  const result = await work()
  return { result, seconds: Math.round(performance.now() - start) / 1000 }
}
const say = (line: Readonly<Record<string, string | number>>): void => {
  console.log(JSON.stringify(line))
}

const images = createImagesClient({
  node: process.execPath,
  entry: fileURLToPath(new URL('../../native-worker/images/child.ts', import.meta.url)),
})
try {
  await drawFrame(join(sheets, 'sheet.png'))
  const folder = join(root, 'project')
  createProject({ folder, size: 64, channels: 1, sqliteBinding: null })
  const project = openProject(folder, { sqliteBinding: null })
  const { signal } = new AbortController()
  const task = { project, images, signal, onProgress: () => undefined }
  const added = await timed(() => addFrames({ ...task, folder: sheets }))
  const [frameId] = added.result.frames
  if (frameId === undefined) throw new Error(JSON.stringify(added.result.skipped))
  const source = frameSource(project, { frame: getFrame(project.db, frameId), viewsFolder: cache })
  const opened = await timed(async () => {
    await images.prepareFrame(source)
    return images.drawTiles({
      ...source,
      tiles: [{ level: 0, column: 20, row: 20 }],
      picturesFolder: join(cache, 'pictures'),
    })
  })
  say({
    bench: 'frame of 20,000 × 20,000: first tile',
    seconds: opened.seconds,
    addSeconds: added.seconds,
    peakMib: await peakMib(),
  })
  for (let index = 0; index < boxes; index++)
    insertFrameBox(project.db, {
      frameId,
      className: 'pit',
      box: { x: (index * 7919) % (edge - 200), y: (index * 104_729) % (edge - 200), width: 120, height: 90 },
      origin: 'drawn',
    })
  const options = { margin: { unit: 'share', value: 0.25 }, copies: 1, side: 64, seed: 1, good: null } as const
  const cut = await timed(() => cutFrames({ ...task, frames: [frameId], options, by: 'bench', viewsFolder: cache }))
  say({
    bench: 'frame of 20,000 × 20,000: patches',
    patches: cut.result.patches,
    seconds: cut.seconds,
    peakMib: await peakMib(),
  })
  project.close()
} finally {
  images.close()
  await rm(root, { recursive: true, force: true })
}
