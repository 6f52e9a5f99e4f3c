import type { DatasetSummary } from '../../../contract/dataset.ts'
import { resizeProject } from '../../project/dataset/resize-project.ts'
import { importFolder } from '../../project/dataset/import-folder.ts'
import { proposeForFolder } from '../../project/dataset/layouts/propose-for-folder.ts'
import { previewFiles } from '../../project/dataset/import/preview-files.ts'
import { summarizeDataset } from '../../project/storage/classes.ts'
import { listImages } from '../../project/storage/images.ts'
import { summarizeOriginals } from '../../project/storage/originals.ts'
import { lastImportReport } from '../../project/storage/imports.ts'
import type { Db } from '../../project/storage/query.ts'
import { drawSplitsAnew, lockSplits } from '../../project/storage/splits.ts'
import { announceDataset } from '../announce-dataset.ts'
import { compareBeforeLock } from '../compare-images.ts'
import { groupImported } from '../group-imported.ts'
import { freeBytesOf } from '../../files/free-space.ts'
import { readyFrameCache } from '../frame-cache.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export const datasetHandlers = ({
  folders,
  project,
  jobs,
  events,
  images,
  log,
}: ServiceContext): Handlers<VerbsOf<'dataset'>> => {
  const changed = (db: Db): DatasetSummary => announceDataset(events, db)
  return {
    'dataset.summary': () => summarizeDataset(project.require().db),
    'dataset.proposeLayouts': ({ folder, followLinks = false }) =>
      jobs.start('dataset.proposeLayouts', ({ signal, report }) =>
        proposeForFolder(folder, { followLinks, signal, onProgress: (found) => report(found, null) }),
      ),
    'dataset.previewFiles': (input) =>
      previewFiles({
        ...input,
        channels: project.require().channels,
        images,
        picturesFolder: readyFrameCache(folders.cache).picturesFolder,
      }),
    'dataset.import': (wish) => {
      const target = project.requireWritable()
      return jobs.start('dataset.import', async ({ signal, report }) => {
        try {
          return await importFolder({
            ...wish,
            ...{ project: target, images, signal, onProgress: report },
            compare: () => groupImported({ project: target, images, signal, report, log }),
          })
        } finally {
          // A cancelled import keeps what it has recorded so far.
          changed(target.db)
        }
      })
    },
    'dataset.drawSplits': (input) => {
      const { db } = project.requireWritable()
      drawSplitsAnew(db, input)
      return changed(db)
    },
    'dataset.lockSplits': async (_, { signal }) => {
      const target = project.requireWritable()
      await compareBeforeLock(target, { jobs, images, signal })
      target.assertWritable()
      lockSplits(target.db, { run: null })
      return changed(target.db)
    },
    'dataset.lastImport': () => lastImportReport(project.require().db),
    'dataset.resize': (input) => {
      const target = project.requireWritable()
      return jobs.start('dataset.resize', async ({ signal, report }) => {
        const { viewsFolder } = readyFrameCache(folders.cache)
        const outcome = await resizeProject({
          ...{ project: target, ...input, images, viewsFolder, signal },
          onProgress: report,
        })
        events.emit('projects.changed', target.describe())
        changed(target.db)
        return outcome
      })
    },
    'dataset.originals': async () => {
      const { db, folder } = project.require()
      return { ...summarizeOriginals(db), freeBytes: await freeBytesOf(folder) }
    },
    'dataset.images': (input) => listImages(project.require().db, input),
  }
}
