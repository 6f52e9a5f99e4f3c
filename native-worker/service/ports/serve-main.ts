import type { RunId } from '../../../contract/ids.ts'
import type { FromService, ToService } from '../../../contract/service-process.ts'
import { imagesFolder } from '../../files/project-paths.ts'
import { FolderGrants } from './folder-grants.ts'
import { serveClient } from './serve-client.ts'
import type { Transport } from './serve-client.ts'
import type { MainPrinter } from '../printing/main-printer.ts'
import type { Service } from '../service.ts'
import { smokeTest } from '../smoke-test/smoke-test.ts'

/** Answers what started the service: opens the project again, lets pages in, hears of the power, ends. */
export function serveMain({
  service,
  printer,
  send,
  exit,
}: {
  service: Service
  printer: MainPrinter
  send: (message: FromService) => void
  exit: () => void
}): (message: ToService, ports: readonly Transport[]) => void {
  const tellProject = (): void => {
    const folder = service.openProjectFolder()
    send({ kind: 'projectChanged', folder, imagesFolder: folder === null ? null : imagesFolder(folder) })
  }
  const grants = new FolderGrants({ onRecord: () => service.foldersOnRecord() })
  const tellShownFolders = (): void => {
    send({ kind: 'shownFoldersChanged', folders: service.shownFolders() })
  }
  const running = new Set<RunId>()
  service.events.listen(({ name, payload }) => {
    if (name === 'projects.opened' || name === 'projects.closed') tellProject()
    const changesFolders =
      name === 'jobs.finished' && (payload.kind === 'exports.run' || payload.kind === 'reports.write')
    if (name === 'projects.opened' || name === 'projects.closed' || changesFolders) tellShownFolders()
    if (name !== 'runs.changed') return
    const before = running.size > 0
    if (payload.status === 'running') running.add(payload.id)
    else running.delete(payload.id)
    if (running.size > 0 !== before) send({ kind: 'trainingChanged', training: !before })
  })

  const start = async (reopen: string | null): Promise<void> => {
    if (reopen !== null) await service.reopen(reopen)
    tellShownFolders()
    send({ kind: 'ready', framePicturesFolder: service.framePicturesFolder() })
  }

  return (message, ports) => {
    switch (message.kind) {
      case 'start':
        void start(message.reopen)
        break
      case 'connect':
        for (const transport of ports) serveClient({ service, transport, grants })
        break
      case 'grant':
        grants.add(message)
        send({ kind: 'granted', id: message.id })
        break
      case 'ping':
        send({ kind: 'pong' })
        break
      case 'power':
        service.setPower(message.source)
        break
      case 'printed':
        printer.hear(message)
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
