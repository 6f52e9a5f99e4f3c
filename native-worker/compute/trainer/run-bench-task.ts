import { FlawsmithError } from '../../../contract/errors.ts'
import type { TrainerReport, TrainerTask } from '../../../contract/trainer.ts'
import { readValues, type Engine } from '../engines/engine.ts'
import { findRecipe } from '../recipes/registry.ts'
import { peakMemoryBytes } from './peak-memory.ts'
import { drawSheet } from './snapshot-sheet.ts'
import { timeSteps } from './time-steps.ts'

type BenchTask = Extract<TrainerTask, { kind: 'bench' }>

/**
 * Times training steps of a recipe, and says what a run of it holds: also a sheet is drawn and a checkpoint read out, as a run does.
 * @throws FlawsmithError `recipe_refuses_size`
 */
export function runBenchTask(
  { size: askedSize, channels: askedChannels, ...task }: BenchTask,
  { engine, report }: { engine: Engine; report: (report: TrainerReport) => void },
): void {
  const recipe = findRecipe(task.recipe)
  const size = askedSize ?? recipe.published.size
  const channels = askedChannels ?? recipe.published.channels
  const refusal = recipe.refusesSize(size)
  if (refusal !== null) {
    const message = `${task.recipe} ${refusal.en}, not ${size}.`
    throw new FlawsmithError('recipe_refuses_size', message, { recipe: task.recipe, size })
  }
  const classCount = recipe.scope === 'all-classes' ? (task.classCount ?? 1) : 1
  let checkpointBytes = 0
  const stepMs = timeSteps(engine, { ...task, size, channels }, (gan) => {
    drawSheet({ engine, gan }, { seed: 1, size, channels, classCount })
    // All at once, as the file is written.
    const values = gan.state.map((parameter) => readValues(engine.tf, parameter))
    checkpointBytes = values.reduce((total, { byteLength }) => total + byteLength, 0)
  })
  report({ kind: 'benched', stepMs, peakMemoryBytes: peakMemoryBytes(), checkpointBytes })
}
