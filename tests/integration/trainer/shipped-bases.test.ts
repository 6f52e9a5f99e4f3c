import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { baseFileName, baseNames } from '../../../native-worker/trainer/bases/base.ts'
import { decodeBase, readBase } from '../../../native-worker/trainer/bases/read-base.ts'
import { errorCodeOf } from '../../helpers/error-code.ts'
import { reportsOf, runTrainer, trainTask, writeTrainingSet } from './run-trainer.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

const folder = join(import.meta.dirname, '../../../native-worker/trainer/bases')

test.each(baseNames)('%s is small, is what its card says, and holds numbers', async (name) => {
  const file = join(folder, baseFileName(name))
  const card = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as { sha256: string; sizeBytes: number }
  const base = await readBase(name)
  expect(base.sha256).toBe(card.sha256)
  expect(statSync(file).size).toBe(card.sizeBytes)
  expect(card.sizeBytes).toBeLessThan(1_000_000)
  expect(base.size).toBe(64)
})

test('a base that is cut, changed or something else is refused by name', async () => {
  const bytes = readFileSync(join(folder, baseFileName('surfaces-grey')))
  const refuse = (what: Buffer, sha256: string | null = null) =>
    errorCodeOf(() => Promise.resolve().then(() => decodeBase(what, { name: 'line 3', sha256 })))
  expect(await refuse(bytes.subarray(0, 5000))).toBe('base_invalid')
  expect(await refuse(Buffer.from('no safetensors'))).toBe('base_invalid')
  expect(await refuse(bytes, 'f'.repeat(64))).toBe('base_invalid')
  expect(await errorCodeOf(() => readBase(null))).toBe('base_invalid')
})

test(
  'a run starts from the base, says which, and its own checkpoint serves the next one',
  { timeout: 120_000 },
  async () => {
    const own = temporaryFolder()
    const set = writeTrainingSet(own, [
      { name: 'narrow', images: 6 },
      { name: 'wide', images: 6 },
    ])
    const plan = { recipe: 'crgan', targetSteps: 2 } as const
    const first = await runTrainer(
      trainTask(own, { plan: { ...plan, parameters: { batch: 4, edition: '2', base: 'surfaces' } }, set }),
    )
    expect(first.code).toBe(0)
    const { sha256 } = await readBase('surfaces-grey')
    expect(reportsOf(first, 'started')[0]?.versions).toMatchObject({ base: sha256 })
    const [checkpoint] = reportsOf(first, 'checkpointWritten')
    if (checkpoint === undefined) throw new Error('no checkpoint')
    const next = temporaryFolder()
    const second = await runTrainer(
      trainTask(next, {
        plan: { ...plan, parameters: { batch: 4, edition: '2', base: 'run' } },
        set: writeTrainingSet(next, set.classes),
        startFrom: { file: checkpoint.file, sha256: checkpoint.sha256 },
      }),
    )
    expect(second.code).toBe(0)
    expect(reportsOf(second, 'started')[0]?.versions).toMatchObject({ base: checkpoint.sha256 })
    const lost = await runTrainer(
      trainTask(next, { plan: { ...plan, parameters: { batch: 4, edition: '2', base: 'run' } }, set }),
    )
    expect(reportsOf(lost, 'failed')[0]?.failure.code).toBe('base_invalid')
  },
)
