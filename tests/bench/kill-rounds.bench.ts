import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { KillTest, type KillRound } from '../helpers/kill-rounds.ts'

/*
 * Kills the trainer or the service of a small run at random moments, `--rounds` times (50), and resumes it each time. Prints one JSON
 * line; ends with 1 where anything was lost.
 */

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' } },
})
const folder = await mkdtemp(join(tmpdir(), 'flawsmith-kill-'))
const began = performance.now()
const rounds: KillRound[] = []
const lost: string[] = []
let before: number | null = null
try {
  const test = new KillTest(folder, { seed: Number(values.seed) })
  await test.prepare()
  while (rounds.length < Number(values.rounds)) {
    const round = await test.round()
    rounds.push(round)
    const at = `round ${rounds.length} (${round.victim}, ${round.afterMs} ms)`
    lost.push(...round.problems.map((problem) => `${at}: ${problem}`))
    // A run that is killed before its trainer has begun may not even be on record.
    if (round.status !== 'interrupted' && round.status !== 'none') lost.push(`${at}: the run is ${round.status}`)
    if (before !== null && (round.checkpointStep ?? -1) < before) lost.push(`${at}: checkpoint ${before} is gone`)
    if (before !== null && round.from !== null && round.from <= before) lost.push(`${at}: began again at ${round.from}`)
    before = round.checkpointStep
    process.stderr.write(`${JSON.stringify(round)}\n`)
  }
  const end = await test.finish(20)
  if (end.status !== 'finished') lost.push(`the end: the run is ${end.status}`)
  lost.push(...end.problems.map((problem) => `the end: ${problem}`))
} finally {
  await rm(folder, { recursive: true, force: true })
}
const count = (victim: KillRound['victim']): number => rounds.filter((round) => round.victim === victim).length
const line = {
  bench: 'kill-rounds',
  rounds: rounds.length,
  trainerKilled: count('trainer'),
  serviceKilled: count('service'),
  whileStarting: rounds.filter(({ early }) => early).length,
  resumed: rounds.filter(({ from }) => from !== null).length,
  lastCheckpointStep: before,
  lost,
  minutes: Number(((performance.now() - began) / 60_000).toFixed(1)),
}
process.stdout.write(`${JSON.stringify(line)}\n`)
process.exitCode = lost.length === 0 ? 0 : 1
