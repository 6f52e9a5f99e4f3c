/** Kernel numbers; assembly/index.ts has the same. */
export const kernelNumbers = {
  multiply: 0,
  packRight: 1,
  normaliseSums: 2,
  foldSums: 3,
  normaliseApply: 4,
  normaliseGradientApply: 5,
  activate: 6,
  activateGradient: 7,
  adam: 8,
  reduceMiddle: 9,
  copyRows: 10,
} as const
