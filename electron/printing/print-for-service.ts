import type { ServiceProcess } from '../service/service-process.ts'
import { printPage } from './print-page.ts'

/** The service has no window: it asks, and hears whether the PDF is there. */
export function printForService(service: ServiceProcess): void {
  service.onMessage((message) => {
    if (message.kind !== 'print') return
    const { id, page, pdf } = message
    void printPage({ page, pdf }).then(
      () => {
        service.printed({ id, problem: null })
      },
      (thrown: unknown) => {
        service.printed({ id, problem: thrown instanceof Error ? thrown.message : String(thrown) })
      },
    )
  })
}
