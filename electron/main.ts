import { app } from 'electron'
import { connectPorts } from './ipc/connect-ports.ts'
import { handleShellRequests } from './ipc/handle-shell-requests.ts'
import { keepAwake } from './power/keep-awake.ts'
import { reportPower } from './power/report-power.ts'
import { serveApp } from './protocols/app-protocol.ts'
import { serveMedia } from './protocols/media-protocol.ts'
import { registerSchemes } from './protocols/schemes.ts'
import { denyNetwork } from './security/deny-network.ts'
import { denyPermissions } from './security/deny-permissions.ts'
import { guardContents } from './security/guard-contents.ts'
import { ServiceProcess } from './service/service-process.ts'
import { runSmokeTest } from './service/smoke-test.ts'
import { clearMenu } from './windows/clear-menu.ts'
import { useDataFolder } from './windows/data-folder.ts'
import { createMainWindow } from './windows/main-window.ts'
import { quitAfterService } from './windows/quit-after-service.ts'

// Order matters: the sandbox, the switches and the schemes must be set before Electron is ready.
// Root on Linux has no OS sandbox to enable; asking for it there would kill every child process at start.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
useDataFolder()
denyNetwork.beforeReady()
registerSchemes()
guardContents()

const service = new ServiceProcess()

void app.whenReady().then(async () => {
  denyPermissions()
  denyNetwork.whenReady()
  clearMenu()
  serveApp()
  serveMedia({ imagesFolder: () => service.imagesFolder })
  reportPower(service)
  keepAwake(service)
  service.start()

  const window = createMainWindow()
  handleShellRequests({ window })
  connectPorts({ window, service })
  if (app.commandLine.hasSwitch('smoke-test')) {
    await runSmokeTest({ window, service })
    return
  }
  quitAfterService({ window, service })
})
