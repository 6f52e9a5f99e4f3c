import type { TrainerReport, TrainerTask } from '../../../contract/trainer.ts'
import { loadEngine } from '../engines/load-engine.ts'
import { runGenerateTask } from './run-generate-task.ts'
import { runTrainTask } from './run-train-task.ts'

export interface TaskContext {
  readonly signal: AbortSignal
  readonly report: (report: TrainerReport) => void
}

/** Loads the engine a task asks for and runs it to its end. */
export async function runTask(task: TrainerTask, { signal, report }: TaskContext): Promise<void> {
  const cacheFolder = process.env['FLAWSMITH_CACHE'] ?? ''
  const name = task.kind === 'train' ? task.plan.engine : task.engine
  const engine = await loadEngine(name, { cacheFolder })
  switch (task.kind) {
    case 'train':
      await runTrainTask(task, { engine, signal, report })
      return
    case 'generate':
      await runGenerateTask(task, { engine, signal, report })
      return
    case 'probe':
    case 'bench':
      throw new Error('not yet')
  }
}
