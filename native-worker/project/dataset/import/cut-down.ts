import type { Fit } from '../../../../contract/dataset.ts'
import type { CutDown } from '../../../../contract/layouts.ts'
import { shareLost, shareWorthAWord } from '../../../../contract/source-rectangle.ts'

interface Size {
  readonly path: string
  readonly width: number
  readonly height: number
}

/** Collects what a fit policy takes from images; null where it takes nothing worth a word. */
export class CutDownCount {
  readonly #fit: Fit
  #worst: CutDown | null = null

  constructor(fit: Fit) {
    this.#fit = fit
  }

  add({ path, ...size }: Size): void {
    const share = shareLost({ ...size, fit: this.#fit })
    if (share <= shareWorthAWord) return
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
