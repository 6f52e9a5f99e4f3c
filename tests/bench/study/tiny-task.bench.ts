import { parseArgs } from 'node:util'
import { loadWasmEngine } from '../../../native-worker/trainer/engines/wasm/load-wasm-engine.ts'
import { createRandomFeatures } from '../../../native-worker/trainer/embedding/random-features.ts'
import { timeSteps } from '../../../native-worker/trainer/tasks/time-steps.ts'
import { judgeGenerator, meanOf } from '../../helpers/judge-generator.ts'
import { drawTinyTask } from '../../helpers/tiny-task.ts'
import { enterContest, trainInTurn } from '../../helpers/train-in-turn.ts'

/*
 * crgan and acgan in equal time on the tiny task of the integration test, seed by seed: a JSON line a recipe. Means over
 * classes first, then class by class.
 *   --size 32 --steps 600 (of crgan) --seeds 1,2,3,4,5 --penalty 1
 */

const text = { type: 'string' } as const
const { values } = parseArgs({ options: { size: text, steps: text, seeds: text, penalty: text } })
const size = Number(values.size ?? 32)
const steps = Number(values.steps ?? 600)
const penalty = Number(values.penalty ?? 1)
const seeds = (values.seeds ?? '1,2,3,4,5').split(',').map(Number)

const engine = await loadWasmEngine()
const network = createRandomFeatures(engine)
const figures = ['recall', 'coverage', 'precision', 'diversity', 'expectedCoverage'] as const
const round = (value: number): number => Number(value.toFixed(3))

for (const seed of seeds) {
  const task = drawTinyTask({ seed, size })
  const contestants = [
    enterContest(engine, { recipe: 'crgan', parameters: { penalty }, task, seed }),
    enterContest(engine, { recipe: 'acgan', parameters: {}, task, seed }),
  ] as const
  for (const { recipe, gan } of contestants) {
    timeSteps(engine, { recipe, parameters: {}, size, channels: 1, batch: gan.batch, steps: 0 })
  }
  trainInTurn(contestants, steps)
  for (const contestant of contestants) {
    const judged = judgeGenerator(contestant.gan, { engine, network, task, seed })
    const line = {
      seed,
      size,
      penalty,
      recipe: contestant.recipe,
      steps: contestant.steps,
      seconds: round(contestant.seconds),
      ...Object.fromEntries(
        figures.map((figure) => [figure, [meanOf(judged, figure), ...judged.map((own) => own[figure])].map(round)]),
      ),
    }
    process.stdout.write(`${JSON.stringify(line)}\n`)
    contestant.dispose()
  }
}
// The engine's threads would keep the process.
process.exit(0)
