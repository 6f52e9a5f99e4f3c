import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LocalClient } from '../ports/local-client.ts'
import type { Service } from '../service.ts'

export interface SmokeTestResult {
  readonly ok: boolean
  readonly lines: readonly string[]
}

/** A whole small job in this installation: database, images child, one training step, one generated PNG. */
export async function smokeTest(service: Service): Promise<SmokeTestResult> {
  const folder = await mkdtemp(join(tmpdir(), 'flawsmith-smoke-'))
  const lines: string[] = []
  const client = new LocalClient({ service, signal: new AbortController().signal, onProgress: () => undefined })
  try {
    const project = await client.perform('projects.createSample', { folder: join(folder, 'project') })
    lines.push(`database and images: ${project.imageCount} images in ${project.classCount} classes`)
    const run = await client.waitForRun(
      await client.request('runs.start', {
        recipe: 'acgan',
        steps: 1,
        seed: 1,
        engine: 'wasm',
        now: { onBattery: true },
      }),
    )
    lines.push(`trainer: run ${run.id} ${run.status} at step ${run.step} on ${run.engine}`)
    const [firstClass] = (await client.request('dataset.summary', {})).classes
    if (firstClass === undefined || run.status !== 'finished') return { ok: false, lines }
    const { samples } = await client.perform('samples.generate', { runId: run.id, classId: firstClass.id, count: 1 })
    lines.push(`generated: ${samples.length} image`)
    return { ok: samples.length === 1, lines }
  } catch (thrown) {
    return { ok: false, lines: [...lines, String(thrown)] }
  } finally {
    await client.request('projects.close', {})
    await rm(folder, { recursive: true, force: true })
  }
}
