import { expect, it } from 'vitest'
import { KillTest } from '../../helpers/kill-rounds.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

it.runIf(process.platform === 'linux')(
  'a run whose trainer or service is killed goes on from its last checkpoint, and no record lacks its file',
  { timeout: 240_000 },
  async () => {
    const test = new KillTest(temporaryFolder(), { seed: 5 })
    await test.prepare()
    let before: number | null = null
    for (let round = 0; round < 4; round++) {
      const { status, from, checkpointStep, problems } = await test.round()
      expect(problems).toEqual([])
      expect(status).toBe('interrupted')
      if (before !== null) expect(checkpointStep).toBeGreaterThanOrEqual(before)
      if (before !== null && from !== null) expect(from).toBeGreaterThan(before)
      before = checkpointStep
    }
    expect(before).not.toBeNull()
    expect(await test.finish(5)).toEqual({ status: 'finished', checkpointStep: (before ?? 0) + 5, problems: [] })
  },
)
