/** Larger pictures are refused before they are decoded: a file of a few kilobytes can unfold to gigabytes. */
export const maxPixels = 120_000_000
