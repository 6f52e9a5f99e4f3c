/** Originals: the files that pictures are made of. */
export const enOriginals = {
  'verify.warnings_one': '{{count, number}} original outside the project is missing or changed',
  'verify.warnings_other': '{{count, number}} originals outside the project are missing or changed',
  'verify.warningsHelp':
    'The project itself is whole. Their pictures cannot be made again until their folder is imported once more.',
} as const
