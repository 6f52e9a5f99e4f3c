/** A statistic, or the plain statement that there are too few images for one. */
export type Measured<Value> =
  | ({ readonly kind: 'measured' } & Readonly<Value>)
  | {
      readonly kind: 'notMeaningful'
      /** Images of the smaller side. */
      readonly images: number
      readonly needed: number
    }

/** Null where both sides have enough images, else the statement to return. */
export function tooFew(needed: number, ...sides: readonly number[]): Measured<never> | null {
  const images = Math.min(...sides)
  return images < needed ? { kind: 'notMeaningful', images, needed } : null
}
