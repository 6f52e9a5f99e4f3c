/**
 * What every drawn picture says of itself, as a tEXt chunk of its PNG file: also where it is copied and renamed, it is told from a real one.
 * The run is not in it, so that the same draw gives the same bytes.
 */
export const syntheticMark = {
  keyword: 'Flawsmith',
  textOf: (recipe: string): string => `synthetic=true recipe=${recipe}`,
  isIn: (text: string): boolean => text.startsWith('synthetic=true'),
} as const
