import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { RunSummary } from '../../../contract/training.ts'
import { databaseFile } from '../../files/project-paths.ts'
import type { LocalClient } from '../ports/local-client.ts'
import { formatsTried, rarerClass, writeSmokePictures } from './smoke-pictures.ts'

interface SmokeJob {
  readonly client: LocalClient
  /** Holds project, pictures and export. */
  readonly folder: string
}

export const projectIn = (folder: string): string => join(folder, 'project')
const exportIn = (folder: string): string => join(folder, 'export')

/** In the order of the job, each on what those before have left. Each says what it saw, or throws what it missed. */
export const smokeParts: Readonly<Record<string, (job: SmokeJob) => Promise<string>>> = {
  database: async ({ client, folder }) => {
    await client.request('projects.create', { folder: projectIn(folder), size: 16, channels: 1 })
    if (!existsSync(`${databaseFile(projectIn(folder))}-wal`)) throw new Error('there is no write-ahead log')
    return 'created, with a write-ahead log'
  },

  import: async ({ client, folder }) => {
    const pictures = join(folder, 'pictures')
    const count = await writeSmokePictures(pictures)
    const { imported, skipped } = await client.perform('dataset.import', { folder: pictures, fit: 'crop' })
    if (imported !== count) throw new Error(`skipped: ${JSON.stringify(skipped)}`)
    // So few files all have to train.
    await client.request('dataset.drawSplits', { shares: { val: 0, test: 0 }, seed: 1 })
    return `${formatsTried} decoded`
  },

  training: async ({ client }) => {
    const started = await client.request('runs.start', {
      recipe: 'acgan',
      steps: 1,
      seed: 1,
      engine: 'wasm',
      parameters: { batch: 4 },
      now: { onBattery: true },
    })
    const { status, step, engine, failure } = await client.waitForRun(started)
    if (status !== 'finished') throw new Error(`the run is ${status}: ${JSON.stringify(failure)}`)
    return `${step} step on ${engine}`
  },

  checkpoint: async ({ client }) => {
    const { id, step } = await onlyRun(client)
    const [newest] = await client.request('runs.checkpoints', { runId: id })
    if (newest?.step !== step) throw new Error(`there is none of step ${step}`)
    return `of step ${step}`
  },

  generation: async ({ client }) => {
    const { classes } = await client.request('dataset.summary', {})
    const rarer = classes.find(({ name }) => name === rarerClass)
    if (rarer === undefined) throw new Error(`there is no class ${rarerClass}`)
    const { id } = await onlyRun(client)
    const { samples } = await client.perform('samples.generate', { runId: id, classId: rarer.id, count: 1 })
    return `${samples.length} PNG`
  },

  review: async ({ client }) => {
    const { items } = await client.request('samples.list', { state: 'pending', offset: 0, limit: 10 })
    const sampleIds = items.map(({ id }) => id)
    const [decided] = await client.request('review.decide', { sampleIds, action: 'accept', by: 'Smoke test' })
    if (decided?.state !== 'accepted') throw new Error(`the sample is ${decided?.state ?? 'not there'}`)
    return 'accepted'
  },

  export: async ({ client, folder }) => {
    const { classes } = await client.perform('exports.run', {
      folder: exportIn(folder),
      layout: 'imagefolder',
      target: 'max',
    })
    if (classes[rarerClass]?.synthetic !== 1) throw new Error(`it has the classes ${JSON.stringify(classes)}`)
    return Object.entries(classes)
      .map(([name, { real, synthetic }]) => `${name} ${real} real + ${synthetic} synthetic`)
      .join(', ')
  },

  verify: async ({ client, folder }) => {
    const ofProject = await client.perform('verify.run', {})
    const ofExport = await client.perform('verify.run', { folder: exportIn(folder) })
    const problems = [...ofProject.problems, ...ofExport.problems]
    if (problems.length > 0) throw new Error(JSON.stringify(problems))
    return `${ofProject.filesChecked} files of the project and ${ofExport.filesChecked} of the export are as recorded`
  },
}

async function onlyRun(client: LocalClient): Promise<RunSummary> {
  const [run] = await client.request('runs.list', {})
  if (run === undefined) throw new Error('there is no run')
  return run
}
