import { countReviews } from '../../project/storage/samples.ts'
import { listSamples } from '../../project/storage/samples.ts'
import { generateSamples } from '../runs/generate-samples.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export const sampleHandlers = ({ project, jobs, events, runtime }: ServiceContext): Handlers<VerbsOf<'samples'>> => ({
  'samples.generate': (input) => {
    const target = project.requireWritable()
    return jobs.start('samples.generate', async ({ signal, report }) => {
      try {
        return { samples: await generateSamples({ project: target, runtime, ...input, signal, onProgress: report }) }
      } finally {
        events.emit('samples.changed', countReviews(target.db))
      }
    })
  },
  'samples.list': (input) => listSamples(project.require().db, input),
})
