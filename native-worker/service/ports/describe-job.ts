import type { JobKind, JobProgress } from '../../../contract/jobs.ts'

/** What a long task does, as people call it. Programs get its kind. */
export const jobWords: Readonly<Record<JobKind, string>> = {
  'projects.createSample': 'Creating the sample project',
  'dataset.proposeLayouts': 'Looking through the folder',
  'dataset.import': 'Importing images',
  'dataset.resize': 'Changing the size of the images',
  'frames.add': 'Adding frames',
  'frames.open': 'Preparing the frame',
  'frames.importMasks': 'Reading masks',
  'frames.importBoxes': 'Reading boxes',
  'frames.cut': 'Cutting patches',
  'marks.import': 'Importing marks',
  'marks.export': 'Exporting marks',
  'groups.find': 'Comparing images',
  'problems.find': 'Checking labels',
  'samples.generate': 'Generating candidates',
  'samples.generateBelowTarget': 'Generating candidates for the short classes',
  'scores.compute': 'Scoring candidates',
  'scores.evaluate': 'Evaluating runs',
  'map.draw': 'Drawing the map',
  'uplift.measure': 'Measuring what helps',
  'exports.run': 'Writing the export',
  'verify.run': 'Verifying files',
  'reports.write': 'Writing the report',
  'engines.probe': 'Testing engines',
  'engines.install': 'Installing an engine',
}

const stages: Readonly<Record<NonNullable<JobProgress['stage']>, string>> = {
  learning: 'Learning the classes',
  features: 'Reading features of the images',
  comparing: 'Comparing images',
}

/** How far a long task is, as a line of the command line. */
export const describeJob = ({ kind, stage, done, total }: Omit<JobProgress, 'jobId'>): string =>
  `${stage === undefined ? jobWords[kind] : stages[stage]}: ${count(done)}${total === null ? '' : ` of ${count(total)}`}${kind === 'uplift.measure' ? updates(total) : ''}`

const count = (value: number): string => value.toLocaleString('en-US')

/** How many there will be is not known before it was chosen how many each training makes. */
const updates = (total: number | null): string =>
  total === null ? ' updates so far, while it is chosen how many there have to be' : ' updates'
