import { drawPicture } from '../../native-worker/surfaces/draw-picture.ts'
import { makeFamily } from '../../native-worker/surfaces/family.ts'

/* Procedural surfaces of all kinds: processor milliseconds a picture, one JSON line a size. 100 families × 150 pictures are what a base learns from. */

const families = Array.from({ length: 140 }, (_, number) => makeFamily(1, number))

for (const { size, channels, each } of [
  { size: 64, channels: 1, each: 4 },
  { size: 64, channels: 3, each: 4 },
  { size: 128, channels: 1, each: 1 },
  { size: 256, channels: 1, each: 1 },
] as const) {
  for (const family of families) drawPicture(family, { index: 0, size, channels })
  const start = process.cpuUsage()
  for (const family of families)
    for (let index = 1; index <= each; index++) drawPicture(family, { index, size, channels })
  const { user, system } = process.cpuUsage(start)
  const msEach = (user + system) / 1000 / (families.length * each)
  process.stdout.write(`${JSON.stringify({ bench: 'surfaces', size, channels, msEach: Number(msEach.toFixed(2)) })}\n`)
}
