import { contextBridge, ipcRenderer, webFrame, webUtils } from 'electron'
import type { ShellBridge } from '../contract/shell.ts'
import { dropChannel, portMessage, shellSchemas } from '../contract/shell.ts'

const bridge: ShellBridge = {
  // Main has channels that are not the page's: a drop is reported from here only.
  invoke: (verb, input) =>
    Object.hasOwn(shellSchemas, verb)
      ? ipcRenderer.invoke(verb, input)
      : Promise.reject(new Error(`There is no request “${verb}”.`)),
  receiveDrop: async (file) => {
    const path = webUtils.getPathForFile(file)
    if (path === '') return null
    await ipcRenderer.invoke(dropChannel, path)
    return path
  },
  setZoom: (factor) => {
    webFrame.setZoomFactor(Math.min(3, Math.max(0.5, factor)))
  },
  onServiceLost: (listener) => {
    ipcRenderer.on('service.lost', (_event, state: { readonly restarting: boolean }) => {
      listener(state)
    })
  },
  onServiceSilent: (listener) => {
    ipcRenderer.on('service.silent', (_event, state: { readonly since: string | null }) => {
      listener(state)
    })
  },
  onCloseAsked: (listener) => {
    ipcRenderer.on('window.closeAsked', () => {
      listener()
    })
  },
}
contextBridge.exposeInMainWorld('flawsmith', bridge)

// A port cannot pass through the context bridge; a window message can carry it.
ipcRenderer.on('service.port', (event, nonce: string) => {
  window.postMessage({ [portMessage]: nonce }, window.location.origin, event.ports)
})
