/** The verdict: whether anything synthetic helps. */
export const enUplift = {
  'job.uplift.measure': 'Measuring what helps',
  'done.uplift.measure': 'Measured what helps.',
} as const
