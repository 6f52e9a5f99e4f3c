import { argument, ownScratch, pointerArgument } from './job'
import { multiplyRows } from './row-product'

/*
 * 3 × 3 convolutions at stride 1 by Winograd's minimal filtering F(2 × 2, 3 × 3) (Lavin & Gray 2016): four pixels at a time, from 4 × 4
 * they see, in 16 products instead of 36.
 *
 * Arguments: filter or input · transformed filter [16, columns / 8, terms, 8] · terms · columns; then, for the filter: steps in values
 * from tap to tap, from term to term, from column to column. For the convolution: output · addend or 0 · 1 where that is one row for
 * all · input: height, width · output: height, width · zeros: above, to the left. Terms are a multiple of four, columns of eight.
 */
const SOURCE = 0
const FILTER = 1
const TERMS = 2
const COLUMNS = 3

const TAP_STEP = 4
const TERM_STEP = 5
const COLUMN_STEP = 6

const OUTPUT = 4
const ADDEND = 5
const ADDEND_IS_VECTOR = 6
const HEIGHT = 7
const WIDTH = 8
const OUTPUT_HEIGHT = 9
const OUTPUT_WIDTH = 10
const TOP = 11
const LEFT = 12

/** Windows that are transformed together: a multiple of the six rows of a product. */
const TOGETHER: i32 = 12

/** A task is a panel of eight columns. */
export function transformFilter(panel: i32): void {
  const terms = argument(TERMS)
  const tapBytes = argument(TAP_STEP) << 2
  const columnBytes = argument(COLUMN_STEP) << 2
  const positionBytes = (<usize>(terms * argument(COLUMNS))) << 2
  let target = pointerArgument(FILTER) + ((<usize>(panel * terms)) << 5)
  for (let term = 0; term < terms; term++) {
    let from = <i32>pointerArgument(SOURCE) + ((term * argument(TERM_STEP)) << 2) + (panel << 3) * columnBytes
    for (let column = 0; column < 8; column++, from += columnBytes, target += 4)
      transformTaps(from, tapBytes, target, positionBytes)
  }
}

/** From nine taps to sixteen values. */
function transformTaps(from: i32, step: i32, target: usize, next: usize): void {
  const lineStep = step * 3
  for (let line = 0; line < 4; line++) {
    const a = filterLine(from, lineStep, line)
    const b = filterLine(from + step, lineStep, line)
    const c = filterLine(from + step * 2, lineStep, line)
    const ends: f32 = (a + c) * 0.5
    store<f32>(target, a)
    store<f32>(target + next, ends + b * 0.5)
    store<f32>(target + next * 2, ends - b * 0.5)
    store<f32>(target + next * 3, c)
    target += next << 2
  }
}

function filterLine(from: i32, step: i32, line: i32): f32 {
  const first = load<f32>(<usize>from)
  const last = load<f32>(<usize>(from + step * 2))
  if (line == 0) return first
  if (line == 3) return last
  const middle = load<f32>(<usize>(from + step))
  return (first + last + (line == 1 ? middle : -middle)) * 0.5
}

/** A task is an image. */
export function convolveByWindows(image: i32): void {
  const termBytes = (<usize>argument(TERMS)) << 2
  const columnBytes = (<usize>argument(COLUMNS)) << 2
  const across = (argument(OUTPUT_WIDTH) + 1) >> 1
  const windows = ((argument(OUTPUT_HEIGHT) + 1) >> 1) * across
  const seen = ownScratch()
  const given = seen + ((<usize>TOGETHER) << 4) * termBytes
  const border = given + ((<usize>TOGETHER) << 4) * columnBytes
  const source = pointerArgument(SOURCE) + <usize>(image * argument(HEIGHT) * argument(WIDTH)) * termBytes
  for (let first = 0; first < windows; first += TOGETHER) {
    const count = min(TOGETHER, windows - first)
    for (let window = 0; window < count; window++) {
      const y = ((first + window) / across) * 2
      const x = ((first + window) % across) * 2
      transformWindow(source, y, x, border, seen + <usize>window * termBytes)
    }
    let panel = pointerArgument(FILTER)
    for (let position = 0; position < 16; position++) {
      const left = seen + <usize>(position * TOGETHER) * termBytes
      const right = given + <usize>(position * TOGETHER) * columnBytes
      for (let column: usize = 0; column < columnBytes; column += 32, panel += termBytes << 3)
        for (let row = 0; row < count; row += 6)
          multiplyRows(
            left + <usize>row * termBytes,
            min(6, count - row),
            termBytes,
            panel,
            right + <usize>row * columnBytes + column,
            columnBytes,
          )
    }
    for (let window = 0; window < count; window++) {
      const y = ((first + window) / across) * 2
      const x = ((first + window) % across) * 2
      placeWindow(given + <usize>window * columnBytes, image, y, x)
    }
  }
}

/** What four pixels see, 4 × 4, to its sixteen values, `TOGETHER` windows apart. */
function transformWindow(image: usize, outputY: i32, outputX: i32, border: usize, target: usize): void {
  const termBytes = (<usize>argument(TERMS)) << 2
  const height = argument(HEIGHT)
  const width = argument(WIDTH)
  const top = outputY - argument(TOP)
  const left = outputX - argument(LEFT)
  let lineBytes = <usize>width * termBytes
  let from = image + <usize>(top * width + left) * termBytes
  if (top < 0 || left < 0 || top + 4 > height || left + 4 > width) {
    memory.fill(border, 0, termBytes << 4)
    const firstX = max(0, -left)
    const endX = min(4, width - left)
    if (firstX < endX) {
      const bytes = <usize>(endX - firstX) * termBytes
      for (let y = max(0, -top); y < min(4, height - top); y++) {
        const at = image + <usize>((top + y) * width + left + firstX) * termBytes
        memory.copy(border + <usize>(y * 4 + firstX) * termBytes, at, bytes)
      }
    }
    from = border
    lineBytes = termBytes << 2
  }
  const next = <usize>TOGETHER * termBytes
  const nextLine = next << 2
  for (const end = from + termBytes; from < end; from += 16, target += 16) {
    const line1 = from + lineBytes
    const line2 = line1 + lineBytes
    const line3 = line2 + lineBytes
    let d0 = v128.load(line1)
    let d1 = v128.load(line1 + termBytes)
    let d2 = v128.load(line1 + (termBytes << 1))
    let d3 = v128.load(line1 + termBytes * 3)
    const a0 = f32x4.sub(d0, d2)
    const a1 = f32x4.add(d1, d2)
    const a2 = f32x4.sub(d2, d1)
    const a3 = f32x4.sub(d1, d3)
    d0 = v128.load(line2)
    d1 = v128.load(line2 + termBytes)
    d2 = v128.load(line2 + (termBytes << 1))
    d3 = v128.load(line2 + termBytes * 3)
    const b0 = f32x4.sub(d0, d2)
    const b1 = f32x4.add(d1, d2)
    const b2 = f32x4.sub(d2, d1)
    const b3 = f32x4.sub(d1, d3)
    let to = target + nextLine
    v128.store(to, f32x4.add(a0, b0))
    v128.store(to + next, f32x4.add(a1, b1))
    v128.store(to + next * 2, f32x4.add(a2, b2))
    v128.store(to + next * 3, f32x4.add(a3, b3))
    to += nextLine
    v128.store(to, f32x4.sub(b0, a0))
    v128.store(to + next, f32x4.sub(b1, a1))
    v128.store(to + next * 2, f32x4.sub(b2, a2))
    v128.store(to + next * 3, f32x4.sub(b3, a3))
    d0 = v128.load(from)
    d1 = v128.load(from + termBytes)
    d2 = v128.load(from + (termBytes << 1))
    d3 = v128.load(from + termBytes * 3)
    v128.store(target, f32x4.sub(f32x4.sub(d0, d2), b0))
    v128.store(target + next, f32x4.sub(f32x4.add(d1, d2), b1))
    v128.store(target + next * 2, f32x4.sub(f32x4.sub(d2, d1), b2))
    v128.store(target + next * 3, f32x4.sub(f32x4.sub(d1, d3), b3))
    d0 = v128.load(line3)
    d1 = v128.load(line3 + termBytes)
    d2 = v128.load(line3 + (termBytes << 1))
    d3 = v128.load(line3 + termBytes * 3)
    to += nextLine
    v128.store(to, f32x4.sub(a0, f32x4.sub(d0, d2)))
    v128.store(to + next, f32x4.sub(a1, f32x4.add(d1, d2)))
    v128.store(to + next * 2, f32x4.sub(a2, f32x4.sub(d2, d1)))
    v128.store(to + next * 3, f32x4.sub(a3, f32x4.sub(d1, d3)))
  }
}

/** The way back: sixteen values to four pixels, or to those of them that there are. */
function placeWindow(given: usize, image: i32, y: i32, x: i32): void {
  const columnBytes = (<usize>argument(COLUMNS)) << 2
  const width = argument(OUTPUT_WIDTH)
  const height = argument(OUTPUT_HEIGHT)
  const offset = <usize>((image * height + y) * width + x) * columnBytes
  const lineBytes = <usize>width * columnBytes
  const hasRight = x + 1 < width
  const hasBelow = y + 1 < height
  const addend = pointerArgument(ADDEND)
  const isVector = argument(ADDEND_IS_VECTOR) != 0
  const next = <usize>TOGETHER * columnBytes
  for (let column: usize = 0; column < columnBytes; column += 16) {
    let from = given + column
    let m0 = v128.load(from)
    let m1 = v128.load(from + next)
    let m2 = v128.load(from + next * 2)
    let m3 = v128.load(from + next * 3)
    let topLeft = f32x4.add(f32x4.add(m0, m1), m2)
    let topRight = f32x4.sub(f32x4.sub(m1, m2), m3)
    from += next << 2
    m0 = v128.load(from)
    m1 = v128.load(from + next)
    m2 = v128.load(from + next * 2)
    m3 = v128.load(from + next * 3)
    let left = f32x4.add(f32x4.add(m0, m1), m2)
    let right = f32x4.sub(f32x4.sub(m1, m2), m3)
    topLeft = f32x4.add(topLeft, left)
    topRight = f32x4.add(topRight, right)
    let bottomLeft = left
    let bottomRight = right
    from += next << 2
    m0 = v128.load(from)
    m1 = v128.load(from + next)
    m2 = v128.load(from + next * 2)
    m3 = v128.load(from + next * 3)
    left = f32x4.add(f32x4.add(m0, m1), m2)
    right = f32x4.sub(f32x4.sub(m1, m2), m3)
    topLeft = f32x4.add(topLeft, left)
    topRight = f32x4.add(topRight, right)
    bottomLeft = f32x4.sub(bottomLeft, left)
    bottomRight = f32x4.sub(bottomRight, right)
    from += next << 2
    m0 = v128.load(from)
    m1 = v128.load(from + next)
    m2 = v128.load(from + next * 2)
    m3 = v128.load(from + next * 3)
    bottomLeft = f32x4.sub(bottomLeft, f32x4.add(f32x4.add(m0, m1), m2))
    bottomRight = f32x4.sub(bottomRight, f32x4.sub(f32x4.sub(m1, m2), m3))
    const to = pointerArgument(OUTPUT) + offset + column
    const added = addend + (isVector ? column : offset + column)
    put(to, topLeft, addend, added)
    if (hasRight) put(to + columnBytes, topRight, addend, isVector ? added : added + columnBytes)
    if (!hasBelow) continue
    const below = isVector ? added : added + lineBytes
    put(to + lineBytes, bottomLeft, addend, below)
    if (hasRight) put(to + lineBytes + columnBytes, bottomRight, addend, isVector ? below : below + columnBytes)
  }
}

function put(to: usize, value: v128, addend: usize, added: usize): void {
  v128.store(to, addend == 0 ? value : f32x4.add(value, v128.load(added)))
}
