/** Kinds of files that are read, and what is said about those that are not. */
export const enFormats = {
  'skip.unsupported_kind': 'Kind not supported',
  'skipCause.changed': 'The file changed while it was imported: import it again',
  'skipCause.says_synthetic': 'Drawn by Flawsmith, as the file itself says',
  'skipCause.compression': 'Compressed with {{value}}: save it uncompressed or with LZW first',
  'skipCause.colour_model': 'Pixels are {{value}}: convert to grey or RGB first',
  'skipCause.sample_bits': '{{value}} bits a sample: convert to 8 or 16 bits first',
  'skipCause.signed': 'Signed {{value}}-bit pixels: convert to unsigned first',
  'skipCause.unknown_range':
    '32-bit pixels of at most {{value}}, a range that cannot be told from the other files: convert to 16 bits first',
  'depth.source.asked': 'as chosen',
  'depth.source.declared': 'as the files declare',
  'depth.source.largest_value': 'by the largest value found',
  'depth.files_one':
    '{{count, number}} file deeper than 8 bits was read as {{bits}} bits, {{source}}: 0–{{white}} became 0–255.',
  'depth.files_other':
    '{{count, number}} files deeper than 8 bits were read as {{bits}} bits, {{source}}: 0–{{white}} became 0–255.',
  'depth.wide_one': '{{count, number}} file of 32 bits was read by the full range: 0–{{white}} became 0–255.',
  'depth.wide_other': '{{count, number}} files of 32 bits were read by the full range: 0–{{white}} became 0–255.',
  'depth.clipped_one': '{{count, number}} image has brighter values, which are white now.',
  'depth.clipped_other': '{{count, number}} images have brighter values, which are white now.',
  'depth.earlier':
    'Images of earlier imports were read as {{bits}} bits: their brightness is not comparable with that of this import.',
  'pages.files_one': '{{count, number}} file holds several pages; one page was imported.',
  'pages.files_other': '{{count, number}} files hold several pages; one page of each was imported.',
  'pages.show': 'Show pages',
  'pages.hide': 'Hide pages',
  'pages.listLabel': 'Files with several pages',
  'pages.taken': '{{pages}} pages, page {{taken}} taken: {{further}} not imported',
} as const
