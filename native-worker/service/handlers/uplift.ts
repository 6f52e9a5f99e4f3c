import { FlawsmithError } from '../../../contract/errors.ts'
import type { UpliftWish } from '../../../contract/uplift.ts'
import type { Project } from '../../project/open-project.ts'
import { lockSplits } from '../../project/storage/splits.ts'
import { announceDataset } from '../announce-dataset.ts'
import { compareBeforeLock, compareUndivided } from '../compare-images.ts'
import type { ServiceContext } from '../service-context.ts'
import { describeUplift } from '../uplift/describe-uplift.ts'
import { measureUplift } from '../uplift/measure-uplift.ts'
import { refuseNothingToCompare } from '../uplift/plan-arms.ts'
import { readUpliftInput, refuseUnmeasurable } from '../uplift/read-uplift-input.ts'
import type { UpliftInput } from '../uplift/uplift-input.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export const upliftHandlers = ({
  project,
  jobs,
  events,
  images,
  engines,
  runtime,
  training,
  estimates,
}: ServiceContext): Handlers<VerbsOf<'uplift'>> => ({
  'uplift.state': () => describeUplift(project.require()),
  'uplift.measure': async (wish, { signal: asking }) => {
    const target = project.requireWritable()
    const run = training.active
    if (run !== null)
      throw new FlawsmithError(
        'run_active',
        `Run ${run} trains now: a measurement beside it would take twice as long. Wait until it ends, or stop it.`,
        { run },
      )
    const busy = jobs.active().find(({ kind }) => kind === 'uplift.measure')
    if (busy !== undefined)
      throw new FlawsmithError('job_active', 'A measurement is under way. Wait until it ends, or cancel it.', {
        job: busy.kind,
      })
    await compareUndivided(target, { jobs, images, signal: asking })
    readMeasurable(target, wish)
    const engine = await engines.choose(wish.engine)
    await compareBeforeLock(target, { jobs, images, signal: asking })
    target.assertWritable()
    lockSplits(target.db, { run: null })
    announceDataset(events, target.db)
    // Comparing may have divided the images otherwise.
    const input = readMeasurable(target, wish)
    await estimates.stop()
    return jobs.start('uplift.measure', async ({ signal, report }) => {
      try {
        return await measureUplift(input, wish, {
          ...{ project: target, images, runtime, engine, signal },
          onProgress: report,
        })
      } finally {
        events.emit('uplift.changed', describeUplift(target))
      }
    })
  },
})

/** @throws FlawsmithError `uplift_impossible`, `no_way_to_measure` */
function readMeasurable(project: Project, wish: UpliftWish): UpliftInput {
  const input = readUpliftInput(project)
  refuseUnmeasurable(input)
  refuseNothingToCompare(input, wish)
  return input
}
