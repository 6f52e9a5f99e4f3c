import { FlawsmithError } from '../../../contract/errors.ts'
import { planExport } from '../../project/export/plan-export.ts'
import { verifyExport } from '../../project/export/verify-export.ts'
import { writeExport } from '../../project/export/write-export.ts'
import { openForLooking } from '../../project/open-project.ts'
import { verifyProject } from '../../project/verify-project.ts'
import { listExports } from '../../project/storage/exports.ts'
import { holdsProject } from '../../files/project-paths.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export const exportHandlers = ({
  project,
  jobs,
  sqliteBinding,
}: ServiceContext): Handlers<VerbsOf<'exports'> | VerbsOf<'verify'>> => ({
  'exports.plan': (input) => planExport(project.require(), input),
  'exports.run': (input) => {
    const source = project.require()
    return jobs.start('exports.run', ({ signal, report }) =>
      writeExport({ project: source, ...input, signal, onProgress: report }),
    )
  },
  'exports.list': () => listExports(project.require().db),
  'verify.run': ({ folder }) =>
    jobs.start('verify.run', async ({ signal, report }) => {
      const open = project.get()
      if (open !== null && (folder === undefined || folder === open.folder)) {
        return verifyProject({ project: open, sqliteBinding, signal, onProgress: report })
      }
      if (folder === undefined) {
        throw new FlawsmithError('no_project_open', 'Name the folder of a project or an export to verify.')
      }
      if (!holdsProject(folder)) return verifyExport({ folder, signal, onProgress: report })
      const other = openForLooking(folder, { sqliteBinding, reason: 'asked' })
      try {
        return await verifyProject({ project: other, sqliteBinding, signal, onProgress: report })
      } finally {
        other.close()
      }
    }),
})
