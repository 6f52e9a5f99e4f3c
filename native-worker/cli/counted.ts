/** "1 image", "2 images". @param several where it is not `one` with an s */
export const counted = (count: number, one: string, several = `${one}s`): string =>
  `${count} ${count === 1 ? one : several}`
