import type { Fit } from '../../../../contract/dataset.ts'
import type { CutDown } from '../../../../contract/layouts.ts'

/** Losing more than this of the longer side is worth a word. */
const shareToTell = 0.5

interface Size {
  readonly path: string
  readonly width: number
  readonly height: number
}

/** What a fit policy takes from images of such sizes: 0 where it keeps everything. */
export const lossOf = ({ width, height }: Omit<Size, 'path'>, fit: Fit): number =>
  fit === 'crop' ? 1 - Math.min(width, height) / Math.max(width, height) : 0

/** Collects what a fit policy takes from images; null where it takes nothing worth a word. */
export class CutDownCount {
  readonly #fit: Fit
  #worst: CutDown | null = null

  constructor(fit: Fit) {
    this.#fit = fit
  }

  add({ path, ...size }: Size): void {
    const share = lossOf(size, this.#fit)
    if (share <= shareToTell) return
    const before = this.#worst
    const isWorst = before === null || share > before.share
    this.#worst = {
      images: (before?.images ?? 0) + 1,
      share: isWorst ? share : before.share,
      example: isWorst ? path : before.example,
    }
  }

  get found(): CutDown | null {
    return this.#worst
  }
}
