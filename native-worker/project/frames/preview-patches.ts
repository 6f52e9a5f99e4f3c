import { FlawsmithError } from '../../../contract/errors.ts'
import type { FrameId } from '../../../contract/ids.ts'
import type { ImagesClient } from '../../../contract/images.ts'
import type { PatchOptions, PatchPlanSummary } from '../../../contract/large-frames.ts'
import type { Project } from '../open-project.ts'
import { listFrameBoxes } from '../storage/frame-boxes.ts'
import { getFrame } from '../storage/frames.ts'
import { frameSource } from './frame-source.ts'
import { planPatches } from './plan-patches.ts'

interface PreviewTask {
  readonly project: Project
  /** The one that is looked at comes first. */
  readonly frames: readonly FrameId[]
  readonly options: PatchOptions
  readonly limit: number
  readonly images: ImagesClient
  /** A cache. */
  readonly viewsFolder: string
  readonly picturesFolder: string
}

/**
 * What would be cut, counted, and the first patches of the first frame as they would be, bit by bit.
 * Throws `frame_not_found`, `frame_not_readable`.
 */
export async function previewPatches({
  project,
  frames,
  options,
  limit,
  images,
  viewsFolder,
  picturesFolder,
}: PreviewTask): Promise<PatchPlanSummary> {
  const { db } = project
  const planned = frames.map((frameId) => {
    const frame = getFrame(db, frameId)
    const boxes = listFrameBoxes(db, frameId)
    return { frame, boxes, patches: planPatches(frame, { boxes, options }) }
  })
  const all = planned.flatMap(({ patches }) => patches)
  const counts = {
    boxes: planned.reduce((sum, { boxes }) => sum + boxes.length, 0),
    patches: all.length,
    good: all.filter(({ box }) => box === null).length,
    mixed: all.filter(({ isMixed }) => isMixed).length,
  }
  const [looked] = planned
  const shown = looked?.patches.slice(0, limit) ?? []
  if (looked === undefined || shown.length === 0) return { previews: [], ...counts }
  const cut = await images.cutPatches({
    ...frameSource(project, { frame: looked.frame, viewsFolder }),
    windows: shown.map(({ window, fit }) => ({ window, fit })),
    size: project.size,
    picturesFolder,
  })
  if (!cut.ok) throw frameNotReadable(looked.frame.name, cut.detail)
  return {
    previews: shown.flatMap(({ className, window, box }, index) => {
      const picture = cut.patches[index]
      return picture === undefined ? [] : [{ sha256: picture.sha256, className, window, boxId: box?.id ?? null }]
    }),
    ...counts,
  }
}

export const frameNotReadable = (name: string, detail: string): FlawsmithError =>
  new FlawsmithError(
    'frame_not_readable',
    `The frame ${name} cannot be read: ${detail}. Look at the file with another program, and add it again once it is whole.`,
    { frame: name, detail },
  )
