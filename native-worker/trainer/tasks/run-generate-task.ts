import { runsOfPixels } from '../../../contract/mask-runs.ts'
import type { GeneratedImage, TrainerReport, TrainerTask } from '../../../contract/trainer.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { Sha256 } from '../../../contract/ids.ts'
import { syntheticMark } from '../../../contract/synthetic-mark.ts'
import type { Engine } from '../engines/engine.ts'
import { buildFromPlan } from '../recipes/build-from-plan.ts'
import { readCheckpoint, refuseOtherRun, restoreParameters } from '../checkpoint.ts'
import { drawImages } from '../draw-images.ts'
import { storePicture } from '../image-store.ts'
import { noteImage } from '../note-image.ts'
import { RandomStream } from '../../random/random-stream.ts'
import { seedRandom } from '../../random/run-random.ts'

type GenerateTask = Extract<TrainerTask, { kind: 'generate' }>

/** Images reported at once. */
const chunk = 64

/** Draws `count` images of one class from a checkpoint, one latent a seed, and stores each under its hash. */
export async function runGenerateTask(
  task: GenerateTask,
  { engine, signal, report }: { engine: Engine; signal: AbortSignal; report: (report: TrainerReport) => void },
): Promise<void> {
  const { file } = task.checkpoint
  const checkpoint = await readCheckpoint(task.checkpoint)
  refuseOtherRun(checkpoint, { run: task.run, file })
  const { plan, tensors } = checkpoint
  if (task.classIndex >= plan.classNames.length) {
    throw new FlawsmithError(
      'class_not_found',
      `The run knows ${plan.classNames.length} classes; there is no class ${task.classIndex}.`,
      {
        classIndex: task.classIndex,
      },
    )
  }
  const gan = buildFromPlan(plan, {
    engine,
    random: seedRandom(plan.seed),
    brightness: { overall: 0, withinClasses: 0 },
  })
  restoreParameters(engine.tf, gan.state, { tensors, file })
  const text = { [syntheticMark.keyword]: syntheticMark.textOf(plan.recipe) }
  const { listFile } = task
  const announce = listFile === undefined ? undefined : (sha256: Sha256) => noteImage(listFile, sha256)
  const began = performance.now()
  let made = 0
  for (; made < task.count && !signal.aborted; made += chunk) {
    const seeds = Array.from({ length: Math.min(chunk, task.count - made) }, (_, index) => task.seed + made + index)
    const latents = seeds.map((seed) => ({
      values: RandomStream.fromSeed(seed, 'sample').normals(gan.latentLength),
      label: task.classIndex,
    }))
    const drawn = drawImages({ engine, gan }, latents)
    const images: GeneratedImage[] = []
    for (const [index, seed] of seeds.entries()) {
      const { pixels = new Uint8Array(), mask = null } = drawn[index] ?? {}
      const picture = { width: plan.size, height: plan.size, channels: plan.channels, pixels, text }
      const sha256 = await storePicture(task.imagesFolder, picture, announce)
      images.push({ seed, sha256, ...(mask === null ? {} : { mask: runsOfPixels(mask) }) })
    }
    report({ kind: 'generated', images })
  }
  report({
    kind: 'ended',
    reason: signal.aborted ? 'stopped' : 'done',
    step: Math.min(made, task.count),
    seconds: (performance.now() - began) / 1000,
  })
}
