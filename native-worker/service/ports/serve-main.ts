import type { RunId } from '../../../contract/ids.ts'
import type { FromService, ToService } from '../../../contract/service-process.ts'
import { imagesFolder } from '../../files/project-paths.ts'
import { serveClient } from './serve-client.ts'
import type { Transport } from './serve-client.ts'
import type { Service } from '../service.ts'
import { smokeTest } from '../smoke-test/smoke-test.ts'

/** Answers what started the service: opens the project again, lets pages in, hears of the power, ends. */
export function serveMain({
  service,
  send,
  exit,
}: {
  service: Service
  send: (message: FromService) => void
  exit: () => void
}): (message: ToService, ports: readonly Transport[]) => void {
  const tellProject = (): void => {
    const folder = service.openProjectFolder()
    send({ kind: 'projectChanged', folder, imagesFolder: folder === null ? null : imagesFolder(folder) })
  }
  const running = new Set<RunId>()
  service.events.listen(({ name, payload }) => {
    if (name === 'projects.opened' || name === 'projects.closed') tellProject()
    if (name !== 'runs.changed') return
    const before = running.size > 0
    if (payload.status === 'running') running.add(payload.id)
    else running.delete(payload.id)
    if (running.size > 0 !== before) send({ kind: 'trainingChanged', training: !before })
  })

  const start = async (reopen: string | null): Promise<void> => {
    if (reopen !== null) {
      try {
        const signal = new AbortController().signal
        await service.request({ verb: 'projects.open', input: { folder: reopen }, signal })
      } catch (thrown) {
        // The page shows the start screen, where opening it again explains what is wrong.
        process.stderr.write(`could not reopen ${reopen}: ${String(thrown)}\n`)
      }
    }
    send({ kind: 'ready' })
  }

  return (message, ports) => {
    switch (message.kind) {
      case 'start':
        void start(message.reopen)
        break
      case 'connect':
        for (const transport of ports) serveClient({ service, transport })
        break
      case 'power':
        service.setPower(message.source)
        break
      case 'smokeTest':
        void smokeTest(service, {
          keepIn: message.keepIn,
          onLine: (line) => {
            send({ kind: 'smokeTestSaid', line })
          },
        }).then((ok) => {
          send({ kind: 'smokeTested', ok })
        })
        break
      case 'close':
        void service.close().finally(exit)
        break
    }
  }
}
