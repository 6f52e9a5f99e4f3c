import type { FrameId } from '../../../contract/ids.ts'
import type { FrameSummary, PatchOptions } from '../../../contract/large-frames.ts'

/** What is asked for in the fields beside a frame. Fields that are empty are null. */
export class CutForm {
  /** A share in per cent, or pixels. */
  margin = $state<number | null>(25)
  unit = $state<'share' | 'pixels'>('share')
  copies = $state<number | null>(1)
  side = $state<number | null>(64)
  good = $state<number | null>(0)
  goodClass = $state('')
  scope = $state<'this' | 'all'>('this')

  /** @param side of the project's pictures: none of them is magnified then */
  constructor({ side }: { readonly side: number }) {
    this.side = side
  }

  get marginMost(): number {
    return this.unit === 'share' ? 1000 : 20_000
  }

  get lacksGoodClass(): boolean {
    return (this.good ?? 0) > 0 && this.goodClass.trim() === ''
  }

  /** Null while a field holds nothing that could be done. */
  get options(): PatchOptions | null {
    const { margin, copies, side, good } = this
    const isWhole = (value: number | null, least: number, most: number): value is number =>
      value !== null && Number.isInteger(value) && value >= least && value <= most
    if (margin === null || !(margin >= 0 && margin <= this.marginMost)) return null
    if (!isWhole(copies, 1, 50) || !isWhole(side, 8, 20_000) || !isWhole(good, 0, 1000) || this.lacksGoodClass)
      return null
    return {
      margin:
        this.unit === 'share' ? { unit: 'share', value: margin / 100 } : { unit: 'pixels', value: Math.round(margin) },
      copies,
      side,
      seed: 1,
      good: good === 0 ? null : { perFrame: good, className: this.goodClass.trim() },
    }
  }

  /** The frames to be cut, the one that is looked at first; a frame without a box may hold defects nobody has drawn yet. */
  framesOf(current: FrameId, frames: readonly FrameSummary[]): readonly FrameId[] {
    if (this.scope === 'this') return [current]
    return [current, ...frames.filter(({ id, boxes }) => id !== current && boxes > 0).map(({ id }) => id)]
  }
}
