import { createHash, randomUUID } from 'node:crypto'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { EngineName } from '../../../contract/engines.ts'
import type { Sha256 } from '../../../contract/ids.ts'
import type { ImagesClient } from '../../../contract/images.ts'
import type { PackedImages, UpliftCell, UpliftCellResult, UpliftTask } from '../../../contract/uplift-cells.ts'
import type { UpliftResult, UpliftWish } from '../../../contract/uplift.ts'
import { makeFolderInside, removeFolderInside } from '../../files/files-inside.ts'
import { resolveInside } from '../../files/resolve-inside.ts'
import type { Project } from '../../project/open-project.ts'
import {
  ensureUpliftPlan,
  findUpliftCell,
  insertUpliftCell,
  insertUpliftVerdict,
  listUpliftVerdicts,
  recordChosenUpdates,
} from '../../project/storage/uplift.ts'
import type { ComputeRuntime } from '../children/compute-runtime.ts'
import { runTrainerTask } from '../children/run-trainer-task.ts'
import { followProtocol, type ProtocolOptions } from './follow-protocol.ts'
import { neededSamples } from './needed-samples.ts'
import { changesSince, hashBasis, upliftBasis } from './uplift-basis.ts'
import type { UpliftInput } from './uplift-input.ts'
import { paceOf, type UpliftPace } from './uplift-scales.ts'

interface Measuring {
  readonly project: Project
  readonly images: Pick<ImagesClient, 'pack'>
  readonly runtime: ComputeRuntime
  readonly engine: EngineName
  readonly signal: AbortSignal
  /** That of the wish if left out. */
  readonly pace?: UpliftPace
  /** Updates done, and about how many there will be; null before that is known. */
  readonly onProgress: (done: number, total: number | null) => void
}

/**
 * Measures by the protocol in trainer children and records every cell as soon as it is known, so that a measurement that was killed
 * or cancelled goes on where it was. The verdict is recorded and given back.
 */
export async function measureUplift(
  input: UpliftInput,
  wish: UpliftWish,
  { project, images, runtime, engine, signal, onProgress, pace = paceOf(wish) }: Measuring,
): Promise<UpliftResult> {
  refuseTestPictures(input)
  const began = performance.now()
  const { db } = project
  const basis = upliftBasis(input, project)
  const inputs = hashBasis(basis)
  const name = createHash('sha256')
    .update(JSON.stringify({ inputs, wish: sorted(wish), pace, engine }))
    .digest('hex')
  const { id: planId, chosen } = ensureUpliftPlan(db, { sha256: name as Sha256, wish })
  const folder = `incoming/uplift-${randomUUID()}`
  makeFolderInside(project.folder, folder)
  let done = 0
  let total: number | null = null
  try {
    const needed = neededSamples(input, { wish, pace, engine })
    const task = await packTask(needed, { project, images, folder, engine, signal, scale: pace.scale })
    const measure = async (cells: readonly UpliftCell[]): Promise<readonly UpliftCellResult[]> => {
      const results = new Map<Sha256, UpliftCellResult>()
      for (const { key, updates } of cells) {
        const found = findUpliftCell(db, key)
        if (found === null) continue
        results.set(key, found)
        done += updates
      }
      const missing = cells.filter(({ key }) => !results.has(key))
      const updatesOf = new Map(missing.map(({ key, updates }) => [key, updates]))
      onProgress(done, total)
      if (missing.length === 0) return [...results.values()]
      let recording: unknown = null
      await runTrainerTask({
        ...{ runtime, signal, task: { ...task, cells: missing } },
        onReport: (report) => {
          if (report.kind === 'upliftProgressed') onProgress(done + report.updates, total)
          if (report.kind !== 'upliftMeasured' || recording !== null) return
          try {
            const { kind: _kind, ...result } = report
            insertUpliftCell(db, { planId, ...result })
            results.set(result.key, result)
            done += updatesOf.get(result.key) ?? 0
            onProgress(done, total)
          } catch (thrown) {
            // Thrown inside an event listener it would end the service; it is the job that failed.
            recording = thrown
          }
        },
      })
      if (recording !== null) throw recording as Error
      return [...results.values()]
    }
    const outcome = await followProtocol(needed, {
      ...{ wish, pace, engine, measure, chosen },
      ...comparedBefore(project, input),
      onChosen: (found, updatesInAll) => {
        recordChosenUpdates(db, { planId, ...found })
        total = done + updatesInAll
      },
    })
    const seconds = (performance.now() - began) / 1000
    const result: UpliftResult = { ...outcome, seconds, measuredAt: new Date().toISOString(), inputs, basis }
    insertUpliftVerdict(db, { planId, result })
    onProgress(done, done)
    return result
  } finally {
    removeFolderInside(project.folder, folder)
  }
}

/** What earlier comparisons over the same images were of, in whatever way they were measured. */
function comparedBefore(
  { db, size }: Project,
  input: UpliftInput,
): Pick<ProtocolOptions, 'comparedBefore' | 'foremostBefore'> {
  const earlier = listUpliftVerdicts(db)
    .filter(({ arms }) => arms.length > 0)
    .filter((result) => changesSince(result, { input, size }).every((change) => change === 'method'))
  const [first] = earlier
  return {
    comparedBefore: earlier.flatMap(({ arms }) => arms.map(({ arm }) => arm)),
    ...(first === undefined ? {} : { foremostBefore: first.foremost ?? null }),
  }
}

/** By name; the trainer compares them pixel by pixel. @throws FlawsmithError `test_image_in_input` */
export function refuseTestPictures({ train, validation, test, sources }: UpliftInput): void {
  const tested = new Set(test.images)
  const inputs = [
    { name: 'train', images: train.images },
    { name: 'val', images: validation?.images ?? [] },
    ...sources.map(({ name, images }) => ({ name, images: images.flat() })),
  ]
  for (const { name, images } of inputs) {
    const found = images.filter((sha256) => tested.has(sha256))
    const [first] = found
    if (first === undefined) continue
    throw new FlawsmithError(
      'test_image_in_input',
      `${found.length} of the images of “${name}” ${found.length === 1 ? 'is' : 'are'} in the test split, too (${first.slice(0, 12)}…). Exclude the copies, and measure again.`,
      { images: found.length, input: name, sha256: first },
    )
  }
}

async function packTask(
  input: UpliftInput,
  {
    project,
    images,
    folder,
    engine,
    signal,
    scale,
  }: Pick<Measuring, 'project' | 'images' | 'engine' | 'signal'> & {
    readonly folder: string
    readonly scale: UpliftTask['scale']
  },
): Promise<Omit<UpliftTask, 'cells'>> {
  const { size, channels, imagesFolder } = project
  const pack = async (
    name: string,
    side: { readonly images: readonly Sha256[]; readonly counts: readonly number[] },
  ): Promise<PackedImages> => {
    signal.throwIfAborted()
    const file = resolveInside(project.folder, `${folder}/${name}.bin`)
    let first = 0
    const classes = input.classes.map(({ name: className }, label) => {
      const count = side.counts[label] ?? 0
      const own = side.images.slice(first, first + count)
      first += count
      return { name: className, images: own }
    })
    const sha256 = await images.pack({ ...{ size, channels, imagesFolder, file }, classes })
    return { file, sha256, counts: side.counts }
  }
  const free = input.classes.findIndex(({ isFreeOfDefects }) => isFreeOfDefects)
  const sources: PackedImages[] = []
  for (const [index, { images: byClass }] of input.sources.entries())
    sources.push(await pack(`source-${index}`, { images: byClass.flat(), counts: byClass.map(({ length }) => length) }))
  return {
    ...{ kind: 'uplift', engine, size, channels, scale },
    train: await pack('train', input.train),
    validation: input.validation === null ? null : await pack('validation', input.validation),
    heldOut: input.heldOut,
    test: await pack('test', input.test),
    sources,
    freeOfDefects: free < 0 ? null : free,
  }
}

const sorted = (wish: UpliftWish): unknown => Object.entries(wish).sort(([a], [b]) => (a < b ? -1 : 1))
