import { addFrames } from '../../project/frames/add-frames.ts'
import { cutFrames } from '../../project/frames/cut-frames.ts'
import { frameSource } from '../../project/frames/frame-source.ts'
import { importBoxes } from '../../project/frames/import-boxes.ts'
import { importMasks } from '../../project/frames/import-masks.ts'
import { frameNotReadable, previewPatches } from '../../project/frames/preview-patches.ts'
import { changeFrameBox, deleteFrameBox, insertFrameBox, listFrameBoxes } from '../../project/storage/frame-boxes.ts'
import { getFrame, listFrames, summarizeFrame, unlistFrame } from '../../project/storage/frames.ts'
import { defaultJoinWithin } from '../../../contract/large-frames.ts'
import { announceDataset } from '../announce-dataset.ts'
import { readyFrameCache } from '../frame-cache.ts'
import { groupImported } from '../group-imported.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

/** Who marks where nobody has said a name. */
const unnamed = 'Flawsmith'
/** Patches shown before they are cut: more than fit on a screen. */
const previewsShown = 48

export const frameHandlers = ({
  folders,
  project,
  jobs,
  events,
  images,
  log,
}: ServiceContext): Handlers<VerbsOf<'frames'>> => {
  return {
    'frames.list': () => listFrames(project.require().db),
    'frames.add': ({ folder, except }) => {
      const target = project.requireWritable()
      return jobs.start('frames.add', ({ signal, report }) =>
        addFrames({ project: target, folder, except, images, signal, onProgress: report }),
      )
    },
    'frames.remove': ({ frameId }) => {
      const { db } = project.requireWritable()
      unlistFrame(db, frameId)
      return listFrames(db)
    },
    'frames.open': ({ frameId }) => {
      const target = project.requireFiles()
      const frame = getFrame(target.db, frameId)
      return jobs.start('frames.open', async () => {
        const { viewsFolder } = readyFrameCache(folders.cache)
        const prepared = await images.prepareFrame(frameSource(target, { frame, viewsFolder }))
        if (!prepared.ok) throw frameNotReadable(frame.name, prepared.detail)
        return { frame: summarizeFrame(target.db, frameId), levels: prepared.levels }
      })
    },
    'frames.tiles': ({ frameId, tiles }) => {
      const target = project.requireFiles()
      const { viewsFolder, picturesFolder } = readyFrameCache(folders.cache)
      const frame = getFrame(target.db, frameId)
      return images.drawTiles({ ...frameSource(target, { frame, viewsFolder }), tiles, picturesFolder })
    },
    'frames.boxes': ({ frameId }) => listFrameBoxes(project.require().db, frameId),
    'frames.addBox': (input) => {
      const { db } = project.requireWritable()
      insertFrameBox(db, { ...input, origin: 'drawn' })
      return listFrameBoxes(db, input.frameId)
    },
    'frames.changeBox': (input) => {
      const { db } = project.requireWritable()
      changeFrameBox(db, input)
      return listFrameBoxes(db, input.frameId)
    },
    'frames.removeBox': (input) => {
      const { db } = project.requireWritable()
      deleteFrameBox(db, input)
      return listFrameBoxes(db, input.frameId)
    },
    'frames.importMasks': ({ folder, frames, className = null, joinWithin = defaultJoinWithin }) => {
      const target = project.requireWritable()
      return jobs.start('frames.importMasks', ({ signal, report }) =>
        importMasks({ project: target, frames, folder, className, joinWithin, images, signal, onProgress: report }),
      )
    },
    'frames.importBoxes': ({ folder, frames, className = null }) => {
      const target = project.requireWritable()
      return jobs.start('frames.importBoxes', ({ signal }) =>
        importBoxes({ project: target, frames, folder, className, signal }),
      )
    },
    'frames.preview': ({ frames, options }) =>
      previewPatches({
        project: project.requireFiles(),
        frames,
        options,
        limit: previewsShown,
        images,
        ...readyFrameCache(folders.cache),
      }),
    'frames.cut': ({ frames, options, by = unnamed }) => {
      const target = project.requireWritable()
      return jobs.start('frames.cut', async ({ signal, report }) => {
        try {
          const { viewsFolder } = readyFrameCache(folders.cache)
          return await cutFrames({
            ...{ project: target, frames, options, by, images, viewsFolder, signal, onProgress: report },
            compare: () => groupImported({ project: target, images, signal, report, log }),
          })
        } finally {
          announceDataset(events, target.db)
        }
      })
    },
  }
}
