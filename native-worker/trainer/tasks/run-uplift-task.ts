import type { TrainerReport } from '../../../contract/trainer.ts'
import type { PackedImages, UpliftTask } from '../../../contract/uplift-cells.ts'
import type { Engine } from '../engines/engine.ts'
import { readPacked } from '../read-packed.ts'
import { refuseTestImages } from '../refuse-test-images.ts'
import { shrinkSet, type ImageSet } from '../uplift/image-set.ts'
import { CellMeasurer } from '../uplift/measure-cells.ts'
import type { UpliftImages } from '../uplift/uplift-images.ts'

const reportEveryMs = 100

/**
 * Measures one cell after the other and reports each as soon as it is known. A test image among what is learned from or chosen by ends
 * the task before anything is learned.
 */
export async function runUpliftTask(
  task: UpliftTask,
  { engine, signal, report }: { engine: Engine; signal: AbortSignal; report: (report: TrainerReport) => void },
): Promise<void> {
  const began = performance.now()
  const images = await readImages(task)
  let reportedAt = 0
  const measurer = new CellMeasurer(images, {
    engine,
    scale: task.scale,
    onUpdate: ({ key }, updates) => {
      const now = performance.now()
      if (now - reportedAt < reportEveryMs) return
      reportedAt = now
      report({ kind: 'upliftProgressed', key, updates })
    },
  })
  let measured = 0
  for (const cell of task.cells) {
    if (signal.aborted) break
    report({ kind: 'upliftMeasured', ...measurer.measure(cell) })
    measured += 1
    // The word to stop comes as a message.
    await new Promise((resolve) => setImmediate(resolve))
  }
  const reason = measured < task.cells.length ? 'stopped' : 'done'
  report({ kind: 'ended', reason, step: measured, seconds: (performance.now() - began) / 1000 })
}

async function readImages(task: UpliftTask): Promise<UpliftImages> {
  const { size, channels, scale, heldOut, freeOfDefects } = task
  const read = async (packed: PackedImages): Promise<ImageSet> => ({
    pixels: await readPacked(packed, size * size * channels),
    ...{ size, channels, counts: packed.counts },
  })
  const train = await read(task.train)
  const validation = task.validation === null ? null : await read(task.validation)
  const test = await read(task.test)
  const sources = await Promise.all(task.sources.map(read))
  refuseTestImages(test, {
    train,
    ...(validation === null ? {} : { validation }),
    ...Object.fromEntries(sources.map((source, index) => [`synthetic ${index + 1}`, source])),
  })
  const shrink = (set: ImageSet): ImageSet => shrinkSet(set, scale.edge)
  return {
    train: shrink(train),
    validation: validation === null ? null : shrink(validation),
    test: shrink(test),
    sources: sources.map(shrink),
    heldOut,
    freeOfDefects,
  }
}
