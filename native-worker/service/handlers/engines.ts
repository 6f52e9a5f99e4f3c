import { installTensorflowPack } from '../../trainer/engines/tensorflow/installation/install-tensorflow-pack.ts'
import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export const engineHandlers = ({
  engines,
  stepBook,
  jobs,
  events,
  folders,
  log,
}: ServiceContext): Handlers<VerbsOf<'engines'>> => {
  const probe = async (context: Parameters<typeof engines.probe>[0]): ReturnType<typeof engines.probe> => {
    // What recipes take is measured anew, too: it was while something else computed, perhaps.
    await stepBook.forget()
    const reports = await engines.probe(context)
    events.emit('engines.changed', reports)
    return reports
  }
  return {
    'engines.list': () => engines.list(),
    'engines.probe': () => jobs.start('engines.probe', ({ signal, report }) => probe({ signal, onProgress: report })),
    'engines.install': () =>
      jobs.start('engines.install', async ({ signal }) => {
        await installTensorflowPack({
          cacheFolder: folders.cache,
          signal,
          onLine: (line) => {
            log.warn(line)
          },
        })
        return probe({ signal })
      }),
  }
}
