/** Marks of defects: the tab, import and export. */
export const enMarks = {
  'job.marks.import': 'Importing marks',
  'job.marks.export': 'Exporting marks',
  'done.marks.export': 'The marks are exported.',
  'done.marks.import': 'The marks are imported.',
} as const
