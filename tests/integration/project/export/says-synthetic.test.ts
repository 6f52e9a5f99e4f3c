import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sha256Of } from '../../../../native-worker/files/sha256-of.ts'
import { readManifest } from '../../../../native-worker/project/export/manifest.ts'
import { drawClassFolders } from '../../../helpers/class-folders.ts'
import { testService } from '../../../helpers/test-service.ts'

test(
  'what was drawn stays synthetic in another project, also renamed and among real images',
  { timeout: 90_000 },
  async () => {
    const { client, folder } = testService()
    await drawClassFolders(join(folder, 'images'), { good: 12, pit: 8 })
    await client.request('projects.create', { folder: join(folder, 'project'), size: 16, channels: 1 })
    await client.perform('dataset.import', { folder: join(folder, 'images'), fit: 'crop' })
    const { classes } = await client.request('dataset.summary', {})
    const pit = classes.find(({ name }) => name === 'pit')
    if (pit === undefined) throw new Error('no pit')
    const run = await client.waitForRun(
      await client.request('runs.start', { recipe: 'procedural', classId: pit.id, seed: 1, engine: 'cpu' }),
    )
    await client.perform('samples.generate', { runId: run.id, classId: pit.id, count: 3 })
    const { items } = await client.request('samples.list', { classId: pit.id, offset: 0, limit: 10 })
    await client.request('review.decide', { sampleIds: items.map(({ id }) => id), action: 'accept', by: 'Ann' })
    const out = join(folder, 'export')
    await client.perform('exports.run', { folder: out, layout: 'imagefolder', target: 'max' })
    const synthetic = readManifest(readFileSync(join(out, 'manifest.csv'), 'utf8')).filter(
      ({ origin }) => origin === 'synthetic',
    )
    expect(synthetic.length).toBeGreaterThan(0)
    for (const { file, sha256 } of synthetic) expect(sha256Of(readFileSync(join(out, file)))).toBe(sha256)
    expect((await client.perform('verify.run', { folder: out })).problems).toEqual([])

    const mixed = join(folder, 'mixed')
    await drawClassFolders(mixed, { crack: 4 })
    mkdirSync(join(mixed, 'dent'))
    synthetic.forEach(({ file }, index) => {
      cpSync(join(out, file), join(mixed, index === 0 ? 'crack' : 'dent', `part ${index}.png`))
    })
    await client.request('projects.create', { folder: join(folder, 'other'), size: 32, channels: 3 })
    const report = await client.perform('dataset.import', { folder: mixed, fit: 'crop', layout: 'classes' })
    expect(report).toMatchObject({ imported: 4, classes: { crack: 4 } })
    expect(report.skipped).toHaveLength(synthetic.length)
    for (const { reason, cause } of report.skipped)
      expect({ reason, cause }).toEqual({ reason: 'synthetic', cause: { name: 'says_synthetic' } })
  },
)
