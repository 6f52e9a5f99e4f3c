import { powerSaveBlocker } from 'electron'
import type { ServiceProcess } from '../service/service-process.ts'

/** The machine does not fall asleep while a run trains; its screen may. */
export function keepAwake(service: ServiceProcess): void {
  let blocker: number | null = null
  const set = (training: boolean): void => {
    if (training) blocker ??= powerSaveBlocker.start('prevent-app-suspension')
    else if (blocker !== null) {
      powerSaveBlocker.stop(blocker)
      blocker = null
    }
  }
  service.onMessage((message) => {
    if (message.kind === 'trainingChanged') set(message.training)
  })
  service.onLost(() => {
    set(false)
  })
}
