import type { Fit } from '../../../contract/dataset.ts'
import type { FrameBoxId, Sha256 } from '../../../contract/ids.ts'
import type { FrameBox, PatchOptions } from '../../../contract/large-frames.ts'
import type { Mark } from '../../../contract/marks.ts'
import type { SourceRectangle } from '../../../contract/source-rectangle.ts'
import { RandomStream } from '../../random/random-stream.ts'
import { overlapOf, touches } from './rectangles.ts'

export interface PlannedPatch {
  readonly className: string
  /** What of the frame the patch shows. Square, but where the frame is too small to hold a square around the box. */
  readonly window: SourceRectangle
  readonly fit: Fit
  /** The box it was cut around; null for one that touches none. */
  readonly box: { readonly id: FrameBoxId; readonly place: SourceRectangle } | null
  /** The boxes of its class that show on it, as far as they do: where its defects lie. */
  readonly marks: readonly Mark[]
  /** A part of a box of another class shows, too. */
  readonly isMixed: boolean
}

interface PlannedFrame {
  readonly sha256: Sha256
  readonly width: number
  readonly height: number
}

/**
 * The patches to be cut out of a frame: those around boxes in the order of the boxes, then those that touch no box. The same boxes,
 * options and frame always give the same patches, whatever other frames there are; no window comes twice.
 */
export function planPatches(
  frame: PlannedFrame,
  { boxes, options }: { readonly boxes: readonly FrameBox[]; readonly options: PatchOptions },
): PlannedPatch[] {
  const seen = new Set<string>()
  const isNew = ({ window, className }: PlannedPatch): boolean => {
    const key = `${className} ${window.x} ${window.y} ${window.width} ${window.height}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  }
  return [
    ...boxes.flatMap((box) => patchesAround(frame, { box, boxes, options })),
    ...patchesWithoutBox(frame, { boxes, options }),
  ].filter(isNew)
}

function patchesAround(
  frame: PlannedFrame,
  {
    box,
    boxes,
    options,
  }: { readonly box: FrameBox; readonly boxes: readonly FrameBox[]; readonly options: PatchOptions },
): PlannedPatch[] {
  const { margin, copies, seed } = options
  const longer = Math.max(box.box.width, box.box.height)
  const around = margin.unit === 'pixels' ? margin.value : Math.round(longer * margin.value)
  // A frame that holds a square around the box gets one: the margin yields first.
  const room = Math.max(Math.min(frame.width, frame.height), longer)
  const side = Math.min(Math.max(options.side, longer + 2 * around), room)
  const width = Math.min(side, frame.width)
  const height = Math.min(side, frame.height)
  const fit = width === height ? 'crop' : 'letterbox'
  const x = slack({ start: box.box.x, length: box.box.width, window: width, whole: frame.width })
  const y = slack({ start: box.box.y, length: box.box.height, window: height, whole: frame.height })
  const random = RandomStream.fromSeed(seed, `patches ${frame.sha256} ${placeOf(box.box)}`)
  return Array.from({ length: copies }, (_, copy): PlannedPatch => {
    const window = {
      x: copy === 0 ? x.middle : x.least + random.integer(x.most - x.least + 1),
      y: copy === 0 ? y.middle : y.least + random.integer(y.most - y.least + 1),
      width,
      height,
    }
    return {
      className: box.className,
      window,
      fit,
      box: { id: box.id, place: box.box },
      marks: boxes
        .filter((other) => other.classId === box.classId && touches(other.box, window))
        .map(({ box: place, origin }) => ({ shape: { kind: 'rectangle', ...overlapOf(place, window) }, origin })),
      isMixed: boxes.some((other) => other.classId !== box.classId && touches(other.box, window)),
    }
  })
}

/** Where a window may begin so that it holds the box and lies in the frame, and where it begins with the box in its middle. */
function slack({
  start,
  length,
  window,
  whole,
}: {
  readonly start: number
  readonly length: number
  readonly window: number
  readonly whole: number
}): { readonly least: number; readonly most: number; readonly middle: number } {
  const least = Math.max(0, start + length - window)
  const most = Math.min(start, whole - window)
  const middle = Math.floor(start + (length - window) / 2)
  return { least, most, middle: Math.min(Math.max(middle, least), most) }
}

/** Draws before a place is given up: where boxes fill the frame there may be none. */
const drawsPerPatch = 200

function patchesWithoutBox(
  frame: PlannedFrame,
  {
    boxes,
    options: { good, side: asked, seed },
  }: { readonly boxes: readonly FrameBox[]; readonly options: PatchOptions },
): PlannedPatch[] {
  if (good === null) return []
  const side = Math.min(asked, frame.width, frame.height)
  const random = RandomStream.fromSeed(seed, `good patches ${frame.sha256}`)
  const windows: SourceRectangle[] = []
  // Without overlap while there is room: patches that share pixels say the same thing twice.
  for (const mayOverlap of [false, true]) {
    for (let draw = 0; draw < drawsPerPatch * good.perFrame && windows.length < good.perFrame; draw++) {
      const window = {
        x: random.integer(frame.width - side + 1),
        y: random.integer(frame.height - side + 1),
        width: side,
        height: side,
      }
      if (boxes.some(({ box }) => touches(box, window))) continue
      if (windows.some((other) => placeOf(other) === placeOf(window))) continue
      if (!mayOverlap && windows.some((other) => touches(other, window))) continue
      windows.push(window)
    }
  }
  return windows.map((window) => ({
    className: good.className,
    window,
    fit: 'crop',
    box: null,
    marks: [],
    isMixed: false,
  }))
}

const placeOf = ({ x, y, width, height }: SourceRectangle): string => `${x},${y},${width},${height}`
