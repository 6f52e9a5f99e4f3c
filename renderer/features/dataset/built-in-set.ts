import type { ImportReport } from '../../../contract/dataset.ts'
import type { ProjectSummary } from '../../../contract/project.ts'

/** The sample project's images were drawn into a temporary folder of this name, which tells its user nothing. */
const drawnFolder = /[\\/]flawsmith-sample-[^\\/]+[\\/]?$/

export const isBuiltInSet = (
  { folder }: Pick<ImportReport, 'folder'>,
  project: Pick<ProjectSummary, 'isSample'> | null,
): boolean => project?.isSample === true && drawnFolder.test(folder)
