/** 0 below `low`, 1 above `high`, smooth between. */
export function smoothstep(low: number, high: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - low) / (high - low)))
  return t * t * (3 - 2 * t)
}

/** 0 far below zero, 1 far above, one half at zero. */
export const sigmoid = (value: number): number => 1 / (1 + Math.exp(-Math.min(30, Math.max(-30, value))))

/** 1 at zero, 1/e at ±1. */
export const bell = (value: number): number => Math.exp(-value * value)

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))
