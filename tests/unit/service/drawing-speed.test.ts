import { expect, test } from 'vitest'
import type { RunId } from '../../../contract/ids.ts'
import type { Project } from '../../../native-worker/project/open-project.ts'
import { DrawingSpeed } from '../../../native-worker/service/runs/drawing-speed.ts'

const run = 3 as RunId

test('the speed is that of the batches after the first, of this run in this project', () => {
  const project = {} as Project
  const speed = new DrawingSpeed()
  let timeMs = 0
  const drew = speed.watch(project, { runId: run, now: () => timeMs })
  expect(speed.secondsPerImage(project, run)).toBeNull()
  timeMs = 9000
  drew(100)
  expect(speed.secondsPerImage(project, run)).toBeNull()
  timeMs = 10_000
  drew(200)
  timeMs = 12_000
  drew(300)
  expect(speed.secondsPerImage(project, run)).toBeCloseTo(3 / 200)
  expect(speed.secondsPerImage(project, 4 as RunId)).toBeNull()
  expect(speed.secondsPerImage({} as Project, run)).toBeNull()
})
