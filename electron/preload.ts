import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { ShellBridge } from '../contract/shell.ts'
import { portMessage } from '../contract/shell.ts'

const bridge: ShellBridge = {
  invoke: (verb, input) => ipcRenderer.invoke(verb, input),
  pathOf: (file) => webUtils.getPathForFile(file),
  onServiceLost: (listener) => {
    ipcRenderer.on('service.lost', (_event, state: { readonly restarting: boolean }) => {
      listener(state)
    })
  },
}
contextBridge.exposeInMainWorld('flawsmith', bridge)

// A port cannot pass through the context bridge; a window message can carry it.
ipcRenderer.on('service.port', (event, nonce: string) => {
  window.postMessage({ [portMessage]: nonce }, window.location.origin, event.ports)
})
