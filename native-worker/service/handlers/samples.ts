import { meanImageBytes } from '../../project/storage/images.ts'
import { countReviews } from '../../project/storage/samples.ts'
import { listSamples } from '../../project/storage/samples.ts'
import { generateBelowTarget, planBelowTarget } from '../runs/generate-below-target.ts'
import { generateSamples } from '../runs/generate-samples.ts'
import { scoreGenerated } from '../scores/start-scoring.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export const sampleHandlers = (context: ServiceContext): Handlers<VerbsOf<'samples'>> => {
  const { project, jobs, events, runtime, drawingSpeed } = context
  return {
    'samples.generate': (input) => {
      const target = project.requireWritable()
      const drew = drawingSpeed.watch(target, input)
      return jobs.start('samples.generate', async ({ signal, report }) => {
        try {
          const onProgress = (done: number, total: number): void => {
            drew(done)
            report(done, total)
          }
          const samples = await generateSamples({ project: target, runtime, ...input, signal, onProgress })
          scoreGenerated(context)
          return { samples }
        } finally {
          events.emit('samples.changed', countReviews(target.db))
        }
      })
    },
    'samples.forecast': ({ runId }) => {
      const target = project.require()
      return {
        bytesPerImage: meanImageBytes(target.db),
        secondsPerImage: drawingSpeed.secondsPerImage(target, runId),
      }
    },
    'samples.generateBelowTarget': ({ runId, ...from }) => {
      const target = project.requireWritable()
      const wanted = planBelowTarget(target, runId)
      return jobs.start('samples.generateBelowTarget', async ({ signal, report }) => {
        try {
          const drawn = await generateBelowTarget({
            ...{ project: target, runtime, runId, wanted, signal, onProgress: report },
            ...from,
          })
          scoreGenerated(context)
          return drawn
        } finally {
          events.emit('samples.changed', countReviews(target.db))
        }
      })
    },
    'samples.list': (input) => listSamples(project.require().db, input),
  }
}
