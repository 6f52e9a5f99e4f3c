import * as v from 'valibot'
import type { FromService } from '../../contract/service-process.ts'
import { ToService } from '../../contract/service-process.ts'
import { openService } from './open-service.ts'
import { MainPrinter } from './printing/main-printer.ts'
import type { Transport } from './ports/serve-client.ts'
import { serveMain } from './ports/serve-main.ts'

/** The parts of Electron's ports that are used here; the service imports nothing of Electron. */
interface Port {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
  start(): void
}
interface ParentPort {
  postMessage(message: FromService): void
  on(event: 'message', listener: (event: { readonly data: unknown; readonly ports: readonly Port[] }) => void): void
}

const parent = (process as unknown as { readonly parentPort: ParentPort }).parentPort
const send = (message: FromService): void => {
  parent.postMessage(message)
}
const printer = new MainPrinter(send)
const service = openService({ entryFolder: import.meta.dirname, logLevel: 'error', keepsSchedule: true, printer })

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

const answer = serveMain({
  service,
  printer,
  send,
  exit: () => process.exit(0),
})
parent.on('message', ({ data, ports }) => {
  answer(v.parse(ToService, data), ports.map(transportOver))
})
