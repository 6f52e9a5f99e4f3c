import type { ProjectSummary } from '../../../contract/project.ts'
import { createProject } from '../../project/create-project.ts'
import type { Project } from '../../project/open-project.ts'
import { openForWork, openProject } from '../../project/open-project.ts'
import { createSampleProject } from '../../project/dataset/create-sample-project.ts'
import { startComparingUndivided } from '../compare-images.ts'
import { groupImported } from '../group-imported.ts'
import { forgetRecentProject, listRecentProjects, rememberRecentProject } from '../recent-projects.ts'
import { listBackups } from '../../project/storage/backups.ts'
import { restoreBackup } from '../../project/storage/restore-backup.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export function projectHandlers(context: ServiceContext): Handlers<VerbsOf<'projects'>> {
  const { project, jobs, events, training, hold, images, folders, sqliteBinding, log } = context

  const notKept = (thrown: unknown): void => {
    context.warnings.ownFolderFailed(thrown, folders.data)
  }
  const leave = async (): Promise<void> => {
    await training.close()
    await jobs.cancelAll()
    project.close()
  }
  const enter = async (opened: Project, { madeHere = false } = {}): Promise<ProjectSummary> => {
    project.set(opened)
    const summary = opened.describe()
    await rememberRecentProject({ dataFolder: folders.data, project: summary }).catch(notKept)
    await hold.enter(opened, { madeHere })
    events.emit('projects.opened', summary)
    if (context.keepsSchedule && opened.readOnly === null) {
      training.restore(opened, { held: hold.state(opened).runs })
      startComparingUndivided(opened, context)
    }
    return summary
  }

  return {
    'projects.create': async (input) => {
      createProject({ ...input, sqliteBinding })
      await leave()
      return enter(openForWork(input.folder, { sqliteBinding }), { madeHere: true })
    },
    'projects.createSample': ({ folder }) =>
      jobs.start('projects.createSample', async ({ signal, report }) => {
        const opened = await createSampleProject({
          ...{ folder, images, sqliteBinding, signal, onProgress: report },
          compare: (made) => groupImported({ project: made, images, signal, report, log }),
        })
        await training.close()
        return enter(opened, { madeHere: true })
      }),
    'projects.open': async ({ folder }) => {
      const current = project.get()
      if (current?.folder === folder) return current.describe()
      // Opened before the old one is left: a folder that cannot be opened leaves everything as it was.
      const opened = openProject(folder, { sqliteBinding })
      await leave()
      return enter(opened)
    },
    'projects.close': async () => {
      await leave()
      events.emit('projects.closed', null)
      return null
    },
    'projects.current': () => project.get()?.describe() ?? null,
    'projects.notReopened': () => project.notReopened,
    'projects.recent': () => listRecentProjects(folders.data),
    'projects.forget': async ({ folder }) => {
      await forgetRecentProject({ dataFolder: folders.data, folder }).catch(notKept)
      return null
    },
    'projects.heldRuns': () => hold.state(project.require()),
    'projects.decideHeldRuns': async ({ start }) => {
      const state = await hold.decide(project.require(), { start })
      if (start) training.release()
      return state
    },
    'projects.backups': ({ folder }) => listBackups(folder),
    'projects.restore': async ({ folder, file }) => {
      restoreBackup(folder, file, { sqliteBinding })
      const opened = openProject(folder, { sqliteBinding })
      await leave()
      return enter(opened)
    },
  }
}
