/** Every `step` pixels from `min` to `max`. */
export const sizesBetween = ({
  min,
  max,
  step,
}: {
  readonly min: number
  readonly max: number
  readonly step: number
}): readonly number[] => Array.from({ length: Math.floor((max - min) / step) + 1 }, (_, index) => min + index * step)
