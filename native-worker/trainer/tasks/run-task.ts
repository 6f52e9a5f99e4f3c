import type { TrainerReport, TrainerTask } from '../../../contract/trainer.ts'
import { loadEngine } from '../engines/load-engine.ts'
import { appFolders } from '../../files/app-folders.ts'
import { runBenchTask } from './run-bench-task.ts'
import { runGenerateTask } from './run-generate-task.ts'
import { constants, setPriority } from 'node:os'
import { runMapTask } from './run-map-task.ts'
import { runProbeTask } from './run-probe-task.ts'
import { runScoreTask } from './run-score-task.ts'
import { runTrainTask } from './run-train-task.ts'
import { runUpliftTask } from './run-uplift-task.ts'

export interface TaskContext {
  readonly signal: AbortSignal
  readonly report: (report: TrainerReport) => void
}

/** Loads the engine a task asks for and runs it to its end. */
export async function runTask(task: TrainerTask, { signal, report }: TaskContext): Promise<void> {
  const { cache: cacheFolder } = appFolders()
  // Before the engine starts its threads, which take it over: nobody waits for scores, or for the map.
  if (task.kind === 'score' || task.kind === 'map') setPriority(constants.priority.PRIORITY_LOW)
  if (task.kind === 'map') {
    await runMapTask(task, { report })
    return
  }
  const name = task.kind === 'train' ? task.plan.engine : task.engine
  const engine = await loadEngine(name, { cacheFolder })
  switch (task.kind) {
    case 'train':
      await runTrainTask(task, { engine, signal, report })
      return
    case 'generate':
      await runGenerateTask(task, { engine, signal, report })
      return
    case 'score':
      await runScoreTask(task, { engine, report })
      return
    case 'probe':
      runProbeTask({ engine, report })
      return
    case 'bench':
      runBenchTask(task, { engine, report })
      return
    case 'uplift':
      await runUpliftTask(task, { engine, signal, report })
      return
  }
}
