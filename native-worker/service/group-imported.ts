import { findNearDuplicates } from '../project/dataset/groups/find-near-duplicates.ts'
import type { Project } from '../project/open-project.ts'
import type { JobContext } from './jobs/jobs.ts'
import type { ServiceContext } from './service-context.ts'

type ImportContext = Pick<ServiceContext, 'images' | 'log'> & Pick<JobContext, 'signal' | 'report'>

/**
 * The end of every import: which of the images now there show the same part. What was imported is imported, whatever becomes of this: the
 * data set says how many images have not been compared.
 * @returns whether they were compared, and with it divided among the splits
 */
export async function groupImported({
  report,
  log,
  ...search
}: ImportContext & { readonly project: Project }): Promise<boolean> {
  try {
    await findNearDuplicates({ ...search, onProgress: (done, total) => report(done, total, 'comparing') })
    return true
  } catch (thrown) {
    log.warn({ err: thrown }, 'imported images were not compared')
    return false
  }
}
