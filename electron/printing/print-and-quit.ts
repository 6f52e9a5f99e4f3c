import { app } from 'electron'
import { printPage } from './print-page.ts'

/** `--print-page=<html> --print-to=<pdf>`: the command line has no window of its own. Exit code 0, or 1 with the reason on stderr. */
export const isPrintJob = (): boolean => app.commandLine.hasSwitch('print-page')

export async function printAndQuit(): Promise<void> {
  try {
    await printPage({
      page: app.commandLine.getSwitchValue('print-page'),
      pdf: app.commandLine.getSwitchValue('print-to'),
    })
    app.exit(0)
  } catch (thrown) {
    process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`)
    app.exit(1)
  }
}
