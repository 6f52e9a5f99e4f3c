import { importFolder } from '../../project/dataset/import-folder.ts'
import { listClasses, summarizeDataset } from '../../project/storage/classes.ts'
import { listImages } from '../../project/storage/images.ts'
import { lastImportReport } from '../../project/storage/imports.ts'
import { countReviews } from '../../project/storage/samples.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export const datasetHandlers = ({ project, jobs, events, images }: ServiceContext): Handlers<VerbsOf<'dataset'>> => ({
  'dataset.summary': () => summarizeDataset(project.require().db),
  'dataset.import': ({ folder, fit }) => {
    const target = project.requireWritable()
    return jobs.start('dataset.import', async ({ signal, report }) => {
      try {
        return await importFolder({ project: target, folder, fit, images, signal, onProgress: report })
      } finally {
        // A cancelled import keeps what it has recorded so far.
        events.emit('dataset.changed', listClasses(target.db))
        events.emit('samples.changed', countReviews(target.db))
      }
    })
  },
  'dataset.lastImport': () => lastImportReport(project.require().db),
  'dataset.images': (input) => listImages(project.require().db, input),
})
