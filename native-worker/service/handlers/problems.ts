import { findLabelProblems } from '../../project/dataset/problems/find-label-problems.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export const problemHandlers = ({ project, jobs, images }: ServiceContext): Handlers<VerbsOf<'problems'>> => ({
  'problems.find': () => {
    const target = project.requireFiles()
    return jobs.start('problems.find', ({ signal, report }) =>
      findLabelProblems({ project: target, images, signal, onProgress: report }),
    )
  },
})
