import { powerMonitor } from 'electron'
import type { ServiceProcess } from '../service/service-process.ts'

/** Tells the service what the machine runs on, now and whenever that changes. */
export function reportPower(service: ServiceProcess): void {
  const tell = (onBattery: boolean): void => {
    service.setPower(onBattery ? 'battery' : 'mains')
  }
  tell(powerMonitor.isOnBatteryPower())
  powerMonitor.on('on-battery', () => {
    tell(true)
  })
  powerMonitor.on('on-ac', () => {
    tell(false)
  })
  // Plugged in or out while the machine slept.
  powerMonitor.on('resume', () => {
    tell(powerMonitor.isOnBatteryPower())
  })
}
