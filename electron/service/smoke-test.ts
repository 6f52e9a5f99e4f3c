import { app } from 'electron'
import type { ServiceProcess } from './service-process.ts'

const smokeTestTimeoutMs = 120_000

/** `--smoke-test`: exit code 0 once database, images child and one training step work in this installation. */
export async function runSmokeTest(service: ServiceProcess): Promise<void> {
  const timeout = setTimeout(() => {
    process.stderr.write('smoke test: no answer in time\n')
    app.exit(1)
  }, smokeTestTimeoutMs)
  await service.ready()
  service.onMessage((message) => {
    if (message.kind !== 'smokeTested') return
    clearTimeout(timeout)
    for (const line of message.lines) process.stdout.write(`${line}\n`)
    app.exit(message.ok ? 0 : 1)
  })
  service.smokeTest()
}
