import { cpus, totalmem } from 'node:os'
import type { ServiceContext } from '../service-context.ts'
import { version } from '../version.ts'
import { sqliteVersion } from '../../project/storage/sqlite-version.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export const appHandlers = (context: ServiceContext): Handlers<VerbsOf<'app'> | VerbsOf<'jobs'>> => ({
  'app.doctor': async () => ({
    version,
    platform: `${process.platform}-${process.arch}`,
    cores: cpus().length,
    memoryBytes: totalmem(),
    node: process.versions.node,
    electron: process.versions['electron'] ?? null,
    sqlite: sqliteVersion({ sqliteBinding: context.sqliteBinding }),
    sharp: (await context.images.describe()).sharp,
    folders: context.folders,
    engines: await context.engines.list(),
    recipes: await context.stepBook.list(),
  }),
  'app.warnings': () => context.warnings.list(),
  'jobs.cancel': ({ jobId }) => {
    context.jobs.cancel(jobId)
    return null
  },
  'jobs.active': () => context.jobs.active(),
})
