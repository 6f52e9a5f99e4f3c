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
