import type { BrowserWindow } from 'electron'
import { MessageChannelMain } from 'electron'
import type { ServiceProcess } from '../service/service-process.ts'
import { onShellRequest } from './on-shell-request.ts'

/** Makes a channel between the page and the service, hands one end to each, and steps out of the way. */
export function connectPorts({ window, service }: { window: BrowserWindow; service: ServiceProcess }): void {
  const tellSilence = (since: Date | null): void => {
    if (!window.isDestroyed()) window.webContents.send('service.silent', { since: since?.toISOString() ?? null })
  }
  service.onSilence(tellSilence)
  onShellRequest('shell.connect', {
    window,
    answer: async ({ nonce }) => {
      await service.ready()
      const { port1, port2 } = new MessageChannelMain()
      service.connect(port1)
      window.webContents.postMessage('service.port', nonce, [port2])
      if (service.silentSince !== null) tellSilence(service.silentSince)
      return null
    },
  })
  service.onLost((state) => {
    if (!window.isDestroyed()) window.webContents.send('service.lost', state)
  })
}
