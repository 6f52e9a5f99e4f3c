import { FlawsmithError } from '../../../contract/errors.ts'
import { describeMap } from '../map/describe-map.ts'
import { drawProjectMap } from '../map/draw-project-map.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export const mapHandlers = ({ project, jobs, runtime }: ServiceContext): Handlers<VerbsOf<'map'>> => ({
  'map.state': () => describeMap(project.require()),
  'map.draw': () => {
    const target = project.requireWritable()
    if (jobs.active().some(({ kind }) => kind === 'map.draw'))
      throw new FlawsmithError('job_active', 'The map is being drawn. Wait until it is there, or cancel it.', {
        job: 'map.draw',
      })
    return jobs.start('map.draw', (context) => drawProjectMap({ ...context, project: target, runtime }))
  },
})
