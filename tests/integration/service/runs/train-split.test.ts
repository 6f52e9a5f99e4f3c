import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connect } from '../../../../native-worker/project/storage/connect.ts'
import { selectAll } from '../../../../native-worker/project/storage/query.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { composedRun, testService } from '../../../helpers/test-service.ts'

/** Every hash that stands anywhere in what a run was given to learn from. */
const inputOf = (folder: string): ReadonlySet<string> =>
  new Set(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(txt|json)$/.test(entry.name) && entry.name !== 'sheets.txt')
      .flatMap((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8').match(/[0-9a-f]{64}/g) ?? []),
  )

test('a run is given every image of train and none of validation or test, and locks the splits', async () => {
  const { client, folder } = testService()
  const { project } = await composedRun(client, folder)
  const db = connect(join(project, 'flawsmith.sqlite'), { sqliteBinding: null, readonly: true })
  const images = selectAll<{ sha256: string; split: string }>(db, 'SELECT sha256, split FROM images')
  db.close()
  const hashes = (isWanted: (split: string) => boolean): string[] =>
    images.filter(({ split }) => isWanted(split)).map(({ sha256 }) => sha256)
  const train = hashes((split) => split === 'train')
  const held = hashes((split) => split !== 'train')
  expect(held.length).toBeGreaterThan(0)

  const input = inputOf(join(project, 'runs/1'))
  expect(train.filter((sha256) => !input.has(sha256))).toEqual([])
  expect(held.filter((sha256) => input.has(sha256))).toEqual([])
  // The packed pixels are those of the list: as many pictures of 16 × 16 as train.
  expect(readFileSync(join(project, 'runs/1/set.bin')).length).toBe(train.length * 16 * 16)

  const { split } = await client.request('dataset.summary', {})
  expect(split).toMatchObject({ lockedByRun: 1 })
  expect(
    await errorCodeOf(() => client.request('dataset.drawSplits', { shares: { val: 0.2, test: 0.2 }, seed: 2 })),
  ).toBe('splits_locked')
})
