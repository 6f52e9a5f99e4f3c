/** Images that show the same part, and how many parts a class has. */
export const enGroups = {
  'job.groups.find': 'Comparing images',
  'groups.found_one': '{{count, number}} group of images of the same part.',
  'groups.found_other': '{{count, number}} groups of images of the same part.',
} as const
