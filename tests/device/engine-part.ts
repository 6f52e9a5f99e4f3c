import { parseArgs } from 'node:util'
import { EngineName } from '../../contract/engines.ts'
import type { Channels } from '../../contract/project.ts'
import type { RecipeId } from '../../contract/training.ts'
import { appFolders } from '../../native-worker/files/app-folders.ts'
import type { Engine } from '../../native-worker/trainer/engines/engine.ts'
import { loadEngine } from '../../native-worker/trainer/engines/load-engine.ts'
import { probeError } from '../../native-worker/trainer/engines/probe-engine.ts'
import { timeSteps } from '../../native-worker/trainer/tasks/time-steps.ts'
import { crganGolden, takeCrganGoldenSteps } from '../integration/trainer/crgan-golden-steps.ts'
import { readGoldenFiles } from '../integration/trainer/golden-file.ts'
import { takeGoldenStep } from '../integration/trainer/golden-step.ts'
import { figuresOf } from './figures.ts'

/*
 * One part of the device check, in a process of its own: whatever ends it ends nothing else. What it found is the last line on
 * stdout, as JSON.
 *
 *   engine-part.ts card|gradients|golden|steps --engine webgpu [--recipe crgan --size 64 --channels 1 --batch 8 --steps 200]
 */

const {
  positionals: [part],
  values,
} = parseArgs({
  allowPositionals: true,
  options: {
    engine: { type: 'string' },
    recipe: { type: 'string', default: 'crgan' },
    size: { type: 'string', default: '64' },
    channels: { type: 'string', default: '1' },
    batch: { type: 'string', default: '8' },
    steps: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    /** Parts of a golden file's name; without it all that have a training step. */
    golden: { type: 'string' },
  },
})

/** As the probe and the tests of the engines judge. */
const largest = { gradients: 1e-3, losses: 1e-3, weights: 1e-3, missed: 0.02, crganFigures: 1e-3, crganWeights: 1e-4 }

type Found = Readonly<Record<string, unknown>> & { readonly correct?: boolean }

const parts: Readonly<Record<string, (engine: Engine) => Found>> = {
  card: ({ versions }) => ({ versions }),
  gradients: (engine) => {
    const maxError = probeError(engine)
    return { maxError, correct: maxError <= largest.gradients }
  },
  golden: (engine) => {
    const steps = goldenSteps(engine)
    return { steps, correct: steps.length > 0 && steps.every(({ correct }) => correct) }
  },
  steps: (engine) => {
    const stepMs = timeSteps(engine, {
      recipe: values.recipe as RecipeId,
      parameters: {},
      size: Number(values.size),
      channels: Number(values.channels) as Channels,
      batch: Number(values.batch),
      steps: Number(values.steps),
      atMostSeconds: Number(values.seconds),
    })
    return { ...figuresOf(stepMs) }
  },
}

function goldenSteps(engine: Engine): readonly (Found & { readonly correct: boolean })[] {
  const asked = (file: string): boolean => values.golden === undefined || file.includes(values.golden)
  const worst = (differences: Readonly<Record<string, number>>): number => Math.max(...Object.values(differences))
  const classic = readGoldenFiles().flatMap((golden) => {
    if (golden.one_training_step === undefined || !asked(golden.file)) return []
    const { losses, ...byTensor } = takeGoldenStep(engine, golden)
    const [weights, missed] = [worst(byTensor.weights), worst(byTensor.missed)]
    const correct = losses <= largest.losses && weights <= largest.weights && missed < largest.missed
    return [{ file: golden.file, losses, weights, missed, correct }]
  })
  const file = 'crgan-second-edition.json'
  if (!asked(file)) return classic
  const found = takeCrganGoldenSteps(engine)
  const [figures, weights] = [worst(found.figures), worst(found.weights)]
  const correct = figures <= largest.crganFigures && weights <= largest.crganWeights
  return [...classic, { file, stepsTaken: crganGolden.steps.length, figures, weights, correct }]
}

const run = parts[part ?? '']
const engineName = EngineName.options.find((name) => name === values.engine)
if (run === undefined || engineName === undefined) throw new Error(`unknown part or engine: ${process.argv.join(' ')}`)
const engine = await loadEngine(engineName, { cacheFolder: appFolders().cache })
process.stdout.write(`${JSON.stringify(run(engine))}\n`, () => {
  // An engine's threads, or Dawn's looking at the card, would keep the process.
  process.exit(0)
})
