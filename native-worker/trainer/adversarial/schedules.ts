/** From `start` to `end` along half a cosine; `progress` 0 to 1. */
export const cosineBetween = (start: number, end: number, progress: number): number =>
  end + ((start - end) * (1 + Math.cos(Math.PI * progress))) / 2

/** 0 until `from`, 1 after `to`, a straight line between. */
export const rampBetween = (progress: number, { from, to }: { from: number; to: number }): number =>
  Math.max(0, Math.min(1, (progress - from) / (to - from)))
