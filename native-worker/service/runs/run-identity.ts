import type { RunIdentity } from '../../../contract/trainer.ts'
import type { Project } from '../../project/open-project.ts'
import type { RecordedRun } from '../../project/storage/runs.ts'

/** What the database says a run is; its checkpoints and its task have to agree. */
export const identityOf = (
  { channels }: Pick<Project, 'channels'>,
  { recipe, seed, parameters, classNames, size }: RecordedRun,
): RunIdentity => ({ recipe, seed, parameters, classNames: [...classNames], size, channels })
