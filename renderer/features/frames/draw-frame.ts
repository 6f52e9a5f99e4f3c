import type { FrameBox, FrameLevel } from '../../../contract/large-frames.ts'
import type { SourceRectangle } from '../../../contract/source-rectangle.ts'
import type { FrameTiles } from './frame-tiles.ts'
import type { Size, Viewport } from './viewport.ts'
import { levelFor, tilesInView, toScreen } from './viewport.ts'

export interface Drawing {
  readonly viewport: Viewport
  readonly view: Size
  readonly density: number
  readonly levels: readonly FrameLevel[]
  readonly tiles: FrameTiles
  readonly boxes: readonly FrameBox[]
  readonly selected: FrameBox | null
  /** Being drawn or dragged. */
  readonly pending: SourceRectangle | null
  /** Patches that would be cut. */
  readonly windows: readonly SourceRectangle[]
  readonly colours: ReadonlyMap<string, string>
  readonly accent: string
}

const gripSize = 7

/** Draws what is there, coarse levels below fine ones, and wishes for what is not. */
export function drawFrame(context: CanvasRenderingContext2D, drawing: Drawing): void {
  const { viewport, view, density, levels, tiles } = drawing
  context.setTransform(density, 0, 0, density, 0, 0)
  context.clearRect(0, 0, view.width, view.height)
  const level = levelFor(viewport, { levels, density })
  // Single pixels are seen as they are; what is smaller is smoothed.
  context.imageSmoothingEnabled = viewport.scale * density < 2
  const coarsest = levels.length - 1
  for (let each = coarsest; each >= level; each--)
    for (const tile of tilesInView(viewport, { level: each, levels, view })) {
      const image = tiles.find(tile)
      if (image === null) continue
      const { x, y, width, height } = onScreen(tile.part, drawing)
      context.drawImage(image, x, y, width, height)
    }
  const wanted = tilesInView(viewport, { level, levels, view })
  tiles.wish(level === coarsest ? wanted : [...tilesInView(viewport, { level: coarsest, levels, view }), ...wanted])
  drawBoxes(context, drawing)
}

function drawBoxes(context: CanvasRenderingContext2D, drawing: Drawing): void {
  const { boxes, selected, pending, windows, colours, accent } = drawing
  for (const window of windows) {
    context.setLineDash([5, 4])
    outline(context, onScreen(window, drawing), { colour: accent, width: 1 })
  }
  context.setLineDash([])
  for (const { id, box, className } of boxes) {
    const isSelected = id === selected?.id
    const shape = isSelected && pending !== null ? pending : box
    outline(context, onScreen(shape, drawing), {
      colour: colours.get(className) ?? accent,
      width: isSelected ? 2.5 : 1.5,
    })
    if (isSelected) drawGrips(context, onScreen(shape, drawing), colours.get(className) ?? accent)
  }
  if (pending !== null && selected === null) outline(context, onScreen(pending, drawing), { colour: accent, width: 2 })
}

/** On a dark and on a bright picture alike: a dark line below the coloured one. */
function outline(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: SourceRectangle,
  line: { readonly colour: string; readonly width: number },
): void {
  context.lineWidth = line.width + 2
  context.strokeStyle = 'rgb(0 0 0 / 0.55)'
  context.strokeRect(x, y, width, height)
  context.lineWidth = line.width
  context.strokeStyle = line.colour
  context.strokeRect(x, y, width, height)
}

function drawGrips(context: CanvasRenderingContext2D, { x, y, width, height }: SourceRectangle, colour: string): void {
  context.fillStyle = colour
  context.strokeStyle = 'rgb(0 0 0 / 0.7)'
  context.lineWidth = 1
  for (const left of [x, x + width])
    for (const top of [y, y + height]) {
      context.fillRect(left - gripSize / 2, top - gripSize / 2, gripSize, gripSize)
      context.strokeRect(left - gripSize / 2, top - gripSize / 2, gripSize, gripSize)
    }
}

function onScreen(part: SourceRectangle, { viewport, view }: Pick<Drawing, 'viewport' | 'view'>): SourceRectangle {
  const { x, y } = toScreen(viewport, { at: part, view })
  return { x, y, width: part.width * viewport.scale, height: part.height * viewport.scale }
}
