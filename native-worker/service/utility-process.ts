import type { FromService, ToService } from '../../contract/service-process.ts'
import { imagesFolder } from '../storage/project-paths.ts'
import { openService } from './open-service.ts'
import { serveClient } from './serve-client.ts'
import type { Transport } from './serve-client.ts'
import { smokeTest } from './smoke-test.ts'

/** The parts of Electron's ports that are used here; the service imports nothing of Electron. */
interface Port {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
  start(): void
}
interface ParentPort {
  postMessage(message: FromService): void
  on(event: 'message', listener: (event: { readonly data: ToService; readonly ports: readonly Port[] }) => void): void
}

const parent = (process as unknown as { readonly parentPort: ParentPort }).parentPort
const service = openService({ entryFolder: import.meta.dirname, logLevel: 'error' })

const transportOver = (port: Port): Transport => ({
  send: (frame) => {
    port.postMessage(frame)
  },
  onMessage: (listener) => {
    port.on('message', ({ data }) => {
      listener(data)
    })
    port.start()
  },
  onClose: (listener) => {
    port.on('close', listener)
  },
})

function tellProject(): void {
  const folder = service.openProjectFolder()
  parent.postMessage({ kind: 'projectChanged', folder, imagesFolder: folder === null ? null : imagesFolder(folder) })
}

async function start(reopen: string | null): Promise<void> {
  service.events.listen(({ name }) => {
    if (name === 'projects.opened' || name === 'projects.closed') tellProject()
  })
  if (reopen !== null) {
    try {
      await service.request({ verb: 'projects.open', input: { folder: reopen }, signal: new AbortController().signal })
    } catch (thrown) {
      // The page shows the start screen, where opening it again explains what is wrong.
      process.stderr.write(`could not reopen ${reopen}: ${String(thrown)}\n`)
    }
  }
  parent.postMessage({ kind: 'ready' })
}

parent.on('message', ({ data, ports }) => {
  switch (data.kind) {
    case 'start':
      void start(data.reopen)
      break
    case 'connect':
      for (const port of ports) serveClient({ service, transport: transportOver(port) })
      break
    case 'smokeTest':
      void smokeTest(service).then((result) => {
        parent.postMessage({ kind: 'smokeTested', ...result })
      })
      break
    case 'close':
      void service.close().finally(() => process.exit(0))
      break
  }
})
