import type { MarkableImage, MarksOverview } from '../../../contract/marks.ts'
import { answerImage } from '../../project/marks/answer-image.ts'
import { declareFree } from '../../project/marks/declare-free.ts'
import { exportMarks } from '../../project/marks/export-marks.ts'
import { overviewMarks } from '../../project/marks/free-of-defects.ts'
import { importMarks } from '../../project/marks/import-marks.ts'
import { proposeMarks } from '../../project/marks/propose-marks.ts'
import { viewOriginal } from '../../project/marks/view-original.ts'
import { undoAnswer } from '../../project/marks/undo-answer.ts'
import { summarizeDataset } from '../../project/storage/classes.ts'
import { getMarkableImage, listMarkableImages, listQueue } from '../../project/storage/marks.ts'
import type { Db } from '../../project/storage/query.ts'
import { readyFrameCache } from '../frame-cache.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export const markHandlers = ({
  project,
  jobs,
  events,
  images,
  folders,
}: ServiceContext): Handlers<VerbsOf<'marks'>> => {
  const changed = (db: Db): MarksOverview => {
    const overview = overviewMarks(db)
    events.emit('marks.changed', overview)
    return overview
  }
  return {
    'marks.overview': () => overviewMarks(project.require().db),
    'marks.queue': (input) => listQueue(project.require().db, input),
    'marks.image': ({ imageId }) => getMarkableImage(project.require().db, imageId),
    'marks.view': ({ imageId }) =>
      viewOriginal(project.requireFiles(), { imageId, images, ...readyFrameCache(folders.cache) }),
    'marks.list': (): readonly MarkableImage[] =>
      listMarkableImages(project.require().db).filter(({ answer }) => answer !== 'open'),
    'marks.propose': ({ imageId }) => proposeMarks(project.requireFiles(), { imageId, images }),
    'marks.answer': (input) => {
      const { db } = project.requireWritable()
      const image = answerImage(db, input)
      changed(db)
      return image
    },
    'marks.undo': (input) => {
      const { db } = project.requireWritable()
      const imageIds = undoAnswer(db, input)
      changed(db)
      return imageIds
    },
    'marks.declareFree': (input) => {
      const { db } = project.requireWritable()
      declareFree(db, input)
      events.emit('dataset.changed', summarizeDataset(db))
      return changed(db)
    },
    'marks.import': (input) => {
      const target = project.requireWritable()
      return jobs.start('marks.import', async ({ signal, report }) => {
        try {
          return await importMarks({ project: target, images, ...input, signal, onProgress: report })
        } finally {
          changed(target.db)
        }
      })
    },
    'marks.export': (input) => {
      const source = project.requireFiles()
      return jobs.start('marks.export', ({ signal, report }) =>
        exportMarks({ project: source, ...input, signal, onProgress: report }),
      )
    },
  }
}
