import { onTestFinished } from 'vitest'
import { FolderGrants } from '../../native-worker/service/ports/folder-grants.ts'
import { serveClient } from '../../native-worker/service/ports/serve-client.ts'
import type { Service } from '../../native-worker/service/service.ts'
import { EventListeners } from '../../renderer/bridge/event-listeners.ts'
import { RpcClient } from '../../renderer/bridge/rpc-client.ts'
import type { ServiceConnection } from '../../renderer/bridge/service-connection.svelte.ts'

/** The page's end of a channel to a service, as in the app, but both in one process. */
export function connectPage(service: Service): Pick<ServiceConnection, 'request' | 'on'> {
  const { port1, port2 } = new MessageChannel()
  const closed: (() => void)[] = []
  serveClient({
    service,
    grants: new FolderGrants({ onRecord: () => service.foldersOnRecord() }),
    transport: {
      send: (frame) => {
        port2.postMessage(frame)
      },
      onMessage: (listener) => {
        port2.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
          listener(data)
        })
        port2.start()
      },
      onClose: (listener) => closed.push(listener),
    },
  })
  const listeners = new EventListeners()
  const client = new RpcClient(port1, {
    onEvent: (frame) => {
      listeners.emit(frame)
    },
  })
  onTestFinished(() => {
    for (const tell of closed) tell()
    client.close()
    port2.close()
  })
  return {
    request: (verb, input, signal) => client.request(verb, input, signal),
    on: (name, listener) => listeners.on(name, listener),
  }
}
