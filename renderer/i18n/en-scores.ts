/** How candidates compare with real images, and what the gate makes of it. */
export const enScores = {
  'job.scores.compute': 'Scoring candidates',
  'job.stage.learning': 'Scoring: networks learn the classes',
  'job.stage.features': 'Scoring: looking at the pictures',
  'done.scores.compute': 'The candidates are scored.',
} as const
