/** Large frames and the patches cut out of them. */
export const enFrames = {
  'job.frames.add': 'Adding frames',
  'job.frames.open': 'Preparing the frame',
  'job.frames.importMasks': 'Reading masks',
  'job.frames.cut': 'Cutting patches',
  'done.frames.add': 'The frames were added.',
  'done.frames.open': 'The frame is ready.',
  'done.frames.importMasks': 'The masks were read.',
  'done.frames.cut': 'The patches were cut.',
} as const
