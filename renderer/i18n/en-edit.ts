/** The dataset screen as a place of work: its parts, and every change a person makes there. */
export const enEdit = {
  'dataset.tabs': 'Parts of the dataset',
  'dataset.tab.images': 'Images',
  'dataset.tab.groups': 'Groups',
  'dataset.tab.marks': 'Marks',
  'dataset.tab.problems': 'Problems',
} as const
