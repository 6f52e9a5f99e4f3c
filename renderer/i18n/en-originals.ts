/** Originals: the files that pictures are made of. */
export const enOriginals = {
  'propose.originals': 'Original files',
  'propose.originalsKeep': 'Keep a copy in the project',
  'propose.originalsReference': 'Only note where they are',
  'propose.originalsNeed': 'About {{size}}; the disk of the project has {{free}} left.',
  'propose.originalsNeedUnknown': 'Needed to change the size of the project, and to export at original size.',
  'propose.originalsWarning': 'The pictures can be made again only while the files stay where they are.',
  'export.picturesLabel': 'Real images',
  'export.picturesProject': 'Project size',
  'export.picturesOriginal': 'Original size',
  'export.picturesOriginalHelp':
    'PNG, JPEG and BMP files leave byte for byte; what training programs would read otherwise (deeper than 8 bits, turned by Exif, transparent, TIFF, WebP, GIF, patches) as PNG of the same size.',
  'export.originalNote':
    'Real images have the size of their originals, synthetic ones {{size}} px. Readers of class folders bring them to one size.',
  'export.otherSize_one':
    '{{count, number}} accepted sample stays out: its run learned at another size than the project has now.',
  'export.otherSize_other':
    '{{count, number}} accepted samples stay out: their runs learned at another size than the project has now.',
  'export.undivided_one':
    '{{count, number}} image stays out: it is in no split before it was compared with the others.',
  'export.undivided_other':
    '{{count, number}} images stay out: they are in no split before they were compared with the others.',
  'export.absent': '{{name}}: no image in {{splits}}',
  'resize.open': 'Change size…',
  'resize.title': 'Change the size of the images',
  'resize.text':
    'Every image is made again from its original: the same part, the same grey scale, another size. The old pictures stay for the runs that learned from them.',
  'resize.fit': 'Other shapes',
  'resize.fitSame': 'As imported',
  'resize.leaveOut': 'Exclude images whose original is missing, instead of refusing',
  'resize.runs':
    'Runs keep the size that they learned at. Their samples stay reviewable; an export takes those of the project’s size.',
  'resize.action': 'Change size',
  'originals.kept': 'Originals kept in the project: {{images}} ({{size}}).',
  'originals.referenced_one': '{{count, number}} more is only referred to and must still be where it was.',
  'originals.referenced_other': '{{count, number}} more are only referred to and must still be where they were.',
  'originals.absent_one':
    '{{count, number}} image has no original. Import its folder again: that adds the original and no image.',
  'originals.absent_other':
    '{{count, number}} images have no originals. Import their folders again: that adds the originals and no images.',
  'job.dataset.resize': 'Changing the size of the images',
  'done.dataset.resize': 'The images have their new size.',
  'verify.warnings_one': '{{count, number}} original outside the project is missing or changed',
  'verify.warnings_other': '{{count, number}} originals outside the project are missing or changed',
  'verify.warningsHelp':
    'The project itself is whole. Their pictures cannot be made again until their folder is imported once more.',
} as const
