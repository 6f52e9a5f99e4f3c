import type { Channels } from '../../../contract/project.ts'
import type { TrainerReport, TrainerTask } from '../../../contract/trainer.ts'
import { readValues, type Engine } from '../engines/engine.ts'
import { LiveMetrics } from '../embedding/live-metrics.ts'
import type { Gan } from '../adversarial/gan.ts'
import { findRecipe, refuseSize } from '../recipes/registry.ts'
import { loadOfOthers, readProcessorTimes } from '../load-of-others.ts'
import { peakMemoryBytes } from './peak-memory.ts'
import { drawSheet } from '../snapshot-sheet.ts'
import { timeSteps } from './time-steps.ts'

type BenchTask = Extract<TrainerTask, { kind: 'bench' }>

/**
 * Times training steps of a recipe, and says what it holds; where classes are given, what a run with so many holds, which also draws
 * sheets and measures how it does.
 * @throws FlawsmithError `recipe_refuses_size`
 */
export function runBenchTask(
  { size: askedSize, channels: askedChannels, ...task }: BenchTask,
  { engine, report }: { engine: Engine; report: (report: TrainerReport) => void },
): void {
  const recipe = findRecipe(task.recipe)
  const size = askedSize ?? recipe.published.size
  const channels = askedChannels ?? recipe.published.channels
  if (!recipe.sizes.includes(size)) throw refuseSize(recipe, size, 'Measure it at another size.')
  let checkpointBytes = 0
  const before = readProcessorTimes()
  const stepMs = timeSteps(engine, { ...task, size, channels }, (gan) => {
    if (task.classCount !== undefined) {
      const classCount = recipe.scope === 'all-classes' ? task.classCount : 1
      drawSheet({ engine, gan }, { seed: 1, size, channels, classCount })
      measureOneClass({ engine, gan }, { size, channels })
    }
    // All at once, as the file is written.
    const values = gan.state.map((parameter) => readValues(engine.tf, parameter))
    checkpointBytes = values.reduce((total, { byteLength }) => total + byteLength, 0)
  })
  const othersShare = loadOfOthers(before, readProcessorTimes())
  report({ kind: 'benched', stepMs, othersShare, peakMemoryBytes: peakMemoryBytes(), checkpointBytes })
}

/** As a run measures itself, on the fewest images: it takes them in portions, so that more of them need time only. */
function measureOneClass(
  { engine, gan }: { engine: Engine; gan: Gan },
  { size, channels }: { size: number; channels: Channels },
): void {
  const images = 8
  const pixels = Uint8Array.from({ length: images * size * size * channels }, (_, index) => (index * 37) % 256)
  const set = { file: '', size, channels, classes: [{ name: '', images }] }
  new LiveMetrics({ engine, set, pixels, seed: 1 }, 0).measure(gan)
}
