import { FlawsmithError } from '../../../contract/errors.ts'
import { planExport } from '../../project/export/plan-export.ts'
import { verifyExport } from '../../project/export/verify-export.ts'
import { writeExport } from '../../project/export/write-export.ts'
import { openForLooking } from '../../project/open-project.ts'
import type { Project } from '../../project/open-project.ts'
import { verifyProject } from '../../project/verify-project.ts'
import { listExports } from '../../project/storage/exports.ts'
import { holdsProject } from '../../files/project-paths.ts'
import { compareUndivided } from '../compare-images.ts'
import { readyFrameCache } from '../frame-cache.ts'
import { recommendExport } from '../uplift/recommend-export.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export const exportHandlers = ({
  project,
  jobs,
  images,
  folders,
  sqliteBinding,
}: ServiceContext): Handlers<VerbsOf<'exports'> | VerbsOf<'verify'>> => ({
  'exports.plan': (input) => {
    const source = project.require()
    return planExport(source, { ...input, follow: () => recommendExport(source) })
  },
  'exports.run': async (input, { signal: asking }) => {
    const source = project.requireFiles()
    if (source.readOnly === null) await compareUndivided(source, { jobs, images, signal: asking })
    return jobs.start('exports.run', ({ signal, report }) =>
      writeExport({
        ...{ project: source, images, ...input, signal },
        follow: () => recommendExport(source),
        viewsFolder: readyFrameCache(folders.cache).viewsFolder,
        onProgress: report,
      }),
    )
  },
  'exports.list': () => listExports(project.require().db),
  'verify.run': ({ folder, kept, project: origin }) =>
    jobs.start('verify.run', ({ signal, report }) => {
      const open = project.get()
      const target = folder ?? open?.folder
      if (target === undefined)
        throw new FlawsmithError('no_project_open', 'Name the folder of a project or an export to verify.')
      if (open !== null && target === open.folder) open.assertInPlace()
      const lookAt = async <Result>(at: string, work: (found: Project) => Promise<Result>): Promise<Result> => {
        if (open !== null && at === open.folder) return work(open)
        const other = openForLooking(at, { sqliteBinding, reason: 'asked' })
        try {
          return await work(other)
        } finally {
          other.close()
        }
      }
      const options = { kept, signal, onProgress: report }
      if (holdsProject(target))
        return lookAt(target, (found) => verifyProject({ project: found, sqliteBinding, ...options }))
      const source = origin ?? open?.folder
      if (source !== undefined) return lookAt(source, ({ db }) => verifyExport({ folder: target, db, ...options }))
      if (kept !== undefined)
        throw new FlawsmithError('no_project_open', 'Name the project whose record is to be compared (--project).')
      return verifyExport({ folder: target, ...options })
    }),
})
