/** Pixels, or how many samples a sheet holds. */
interface Sheet {
  readonly columns: number
  readonly rows: number
  /** Pixels per sample edge. */
  readonly sampleSize: number
}

interface Room {
  readonly width: number
  readonly height: number
}

const leastScale = 0.1

/** How samples and the real images they are compared with lie: beside each other row by row, or the one below the other. */
export interface SheetLayout {
  readonly beside: boolean
  /** Real images a row. */
  readonly realColumns: number
  readonly scale: number
}

/** Of a row of samples, shown beside it. */
const besideShare = 0.5

/**
 * The layout in which samples and real images are largest; beside where that makes no difference, for then the classes line up.
 * @param gap pixels between the two
 * @param realPerClass images there are; 0 for none
 */
export function layOutSheet(
  sheet: Sheet,
  { room, gap, realPerClass }: { readonly room: Room; readonly gap: number; readonly realPerClass: number },
): SheetLayout {
  if (realPerClass === 0) return { beside: true, realColumns: 0, scale: sheetScale(sheet, room) }
  const realBeside = Math.min(realPerClass, Math.max(1, Math.floor(sheet.columns * besideShare)))
  const beside = sheetScale({ ...sheet, columns: sheet.columns + realBeside }, { ...room, width: room.width - gap })
  const below = sheetScale({ ...sheet, rows: 2 * sheet.rows }, { ...room, height: room.height - gap })
  return beside >= below
    ? { beside: true, realColumns: realBeside, scale: beside }
    : { beside: false, realColumns: Math.min(realPerClass, sheet.columns), scale: below }
}

/** Screen pixels per sample pixel: whole factors keep pixels square; a sheet larger than its room is shrunk freely. */
export function sheetScale({ columns, rows, sampleSize }: Sheet, { width, height }: Room): number {
  const fit = Math.min(width / (columns * sampleSize), height / (rows * sampleSize))
  return fit >= 1 ? Math.floor(fit) : Math.max(leastScale, fit)
}

/**
 * How much of the room beside the charts a sheet should get: what its largest whole factor needs, at least its usual share.
 * @param around what the panel and the class names take of it
 * @returns pixels
 */
export function sheetWidth(
  sheet: Sheet,
  {
    room,
    around,
    usual,
    most,
  }: { readonly room: Room; readonly around: Room; readonly usual: number; readonly most: number },
): number {
  const scale = sheetScale(sheet, { width: most - around.width, height: room.height - around.height })
  if (scale < 1) return usual
  return Math.max(usual, Math.ceil(scale * sheet.columns * sheet.sampleSize + around.width))
}
