import { app } from 'electron'
import { connectPorts } from './ipc/connect-ports.ts'
import { handleShellRequests } from './ipc/handle-shell-requests.ts'
import { keepAwake } from './power/keep-awake.ts'
import { reportPower } from './power/report-power.ts'
import { serveApp } from './protocols/app-protocol.ts'
import { serveMedia } from './protocols/media-protocol.ts'
import { registerSchemes } from './protocols/schemes.ts'
import { isPrintJob, printAndQuit } from './printing/print-and-quit.ts'
import { printForService } from './printing/print-for-service.ts'
import { denyDownloads } from './security/deny-downloads.ts'
import { denyNetwork } from './security/deny-network.ts'
import { denyPermissions } from './security/deny-permissions.ts'
import { guardContents } from './security/guard-contents.ts'
import { ServiceProcess } from './service/service-process.ts'
import { runSmokeTest } from './service/smoke-test.ts'
import { clearMenu } from './windows/clear-menu.ts'
import { projectsFolder, useDataFolder } from './windows/data-folder.ts'
import { createMainWindow } from './windows/main-window.ts'
import { quitAfterService } from './windows/quit-after-service.ts'
import { rememberProject } from './windows/remember-project.ts'
import { SessionFile } from './windows/session-file.ts'
import { focusOnSecondStart, isOnlyInstance } from './windows/single-instance.ts'

// Order matters: the sandbox, the switches and the schemes must be set before Electron is ready.
// Root on Linux has no OS sandbox to enable; asking for it there would kill every child process at start.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
useDataFolder()
denyNetwork.beforeReady()
registerSchemes()
guardContents()

const isSmokeTest = app.commandLine.hasSwitch('smoke-test')

async function start(): Promise<void> {
  const service = new ServiceProcess()
  denyPermissions()
  denyDownloads()
  denyNetwork.whenReady()
  clearMenu()
  serveApp()
  serveMedia({
    image: () => service.imagesFolder,
    // Without a project there is no frame to look at either.
    frame: () => (service.imagesFolder === null ? null : service.framePicturesFolder),
  })
  reportPower(service)
  keepAwake(service)
  printForService(service)
  const file = new SessionFile()
  service.start({ reopen: isSmokeTest ? null : rememberProject({ service, file }) })
  for (const folder of [projectsFolder(), file.session.exportsFolder])
    if (folder !== null) void service.grant({ folder, use: 'write' })

  const window = createMainWindow(file)
  handleShellRequests({ window, service, file })
  connectPorts({ window, service })
  if (isSmokeTest) {
    await runSmokeTest({ window, service })
    return
  }
  quitAfterService({ window, service })
  focusOnSecondStart(window)
}

if (isPrintJob()) void app.whenReady().then(printAndQuit)
else if (isSmokeTest || isOnlyInstance()) void app.whenReady().then(start)
else app.quit()
