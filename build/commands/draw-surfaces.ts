import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { drawSurfaces } from '../../native-worker/surfaces/draw-surfaces.ts'
import { runToExit } from '../setup/run-to-exit.ts'
import { say } from '../setup/say.ts'

/** A sheet is about as wide as a window. */
const sheetWidth = 1280

/** `npm run draw-surfaces -- --out DIR`: a sheet of the procedural surfaces, and one of their masks, to look at. */
await runToExit(async () => {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      families: { type: 'string', default: '100' },
      each: { type: 'string', default: '2' },
      size: { type: 'string', default: '64' },
      seed: { type: 'string', default: '1' },
      colour: { type: 'boolean', default: false },
    },
  })
  if (values.out === undefined) throw new Error('Where to? npm run draw-surfaces -- --out DIR')
  const [families, perFamily, size, seed] = [values.families, values.each, values.size, values.seed].map(Number)
  if (!families || !perFamily || !size || seed === undefined || !Number.isInteger(families * perFamily * seed))
    throw new Error('--families, --each, --size and --seed are whole numbers.')
  const channels = values.colour ? 3 : 1
  const startedAt = performance.now()
  const drawn = [...drawSurfaces({ families, perFamily, size, channels, seed })]
  const took = performance.now() - startedAt

  const folder = resolve(values.out)
  await mkdir(folder, { recursive: true })
  const count = families * perFamily
  // A family is not broken where it fits into a row.
  const fitting = Math.max(1, Math.floor(sheetWidth / size))
  const columns = Math.min(count, fitting < perFamily ? fitting : fitting - (fitting % perFamily))
  const sheet = { size, columns, rows: Math.ceil(count / columns) }
  const save = (name: string, tiles: Uint8Array, tileChannels: 1 | 3): Promise<unknown> =>
    sharp(arrange(tiles, { ...sheet, channels: tileChannels }), {
      raw: { width: sheet.columns * size, height: sheet.rows * size, channels: tileChannels },
    }).toFile(join(folder, name))
  await save('surfaces.png', Buffer.concat(drawn.map(({ pixels }) => pixels)), channels)
  const masks = Buffer.concat(drawn.map(({ masks }) => Uint8Array.from(masks, (share) => Math.round(share * 255))))
  await save('masks.png', masks, 1)
  for (const { name } of drawn) say(name)
  say(
    `${count} pictures of ${size} px, ${(took / count).toFixed(2)} ms each: ${join(folder, 'surfaces.png')} and masks.png`,
  )
  return 0
})

/** Tiles [count, size, size, channels] side by side, row by row. */
function arrange(
  tiles: Uint8Array,
  { size, columns, rows, channels }: { size: number; columns: number; rows: number; channels: 1 | 3 },
): Uint8Array {
  const sheet = new Uint8Array(columns * rows * size * size * channels)
  const line = size * channels
  for (let start = 0; start < tiles.length; start += line) {
    const tileLine = start / line
    const tile = Math.floor(tileLine / size)
    const place = (Math.floor(tile / columns) * size + (tileLine % size)) * columns + (tile % columns)
    sheet.set(tiles.subarray(start, start + line), place * line)
  }
  return sheet
}
