import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunId } from '../../../contract/ids.ts'
import type { RunSummary } from '../../../contract/training.ts'
import { databaseFile } from '../../../native-worker/files/project-paths.ts'
import { connect } from '../../../native-worker/project/storage/connect.ts'
import { errorCodeOf } from '../../helpers/error-code.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'
import { composedRun, testService } from '../../helpers/test-service.ts'

const machine = (folder: string, { keepsSchedule = true } = {}) => testService(folder, { keepsSchedule }).client

/** A project with one run that waits for mains power, made on a machine that nobody here knows. */
async function sentProject(): Promise<string> {
  const { client, folder } = testService()
  const { project } = await composedRun(client, folder)
  await client.request('projects.close', {})
  const db = connect(databaseFile(project), { sqliteBinding: null })
  db.exec(`DELETE FROM checkpoints; UPDATE runs SET status = 'queued', waits_for = 'mains', step = 0, ended_by = NULL`)
  db.close()
  const sent = join(temporaryFolder(), 'project')
  cpSync(project, sent, { recursive: true })
  return sent
}
const runId = 1 as RunId

async function ended(client: ReturnType<typeof machine>): Promise<RunSummary['status']> {
  return (await client.waitForRun(await client.request('runs.show', { runId }))).status
}

test('runs of a project that was not opened here before start when they are let, which is remembered', async () => {
  const project = await sentProject()
  const data = temporaryFolder()
  const client = machine(data)
  await client.request('projects.open', { folder: project })
  expect(await client.request('projects.heldRuns', {})).toEqual({ runs: [runId], decided: false })
  // Whatever else happens: the schedule, other requests, opening it again.
  await client.request('schedule.set', {
    onlyOnMains: false,
    onlyInHours: false,
    hours: { from: '18:00', to: '06:00' },
  })
  client.service.setPower('mains')
  expect(await errorCodeOf(() => client.request('runs.resume', { runId }))).toBe('run_held')
  await client.request('projects.close', {})
  const next = machine(data)
  await next.request('projects.open', { folder: project })
  expect(await next.request('projects.heldRuns', {})).toEqual({ runs: [runId], decided: false })
  expect(await next.request('runs.show', { runId })).toMatchObject({ status: 'queued', step: 0, checkpointStep: null })

  expect(await next.request('projects.decideHeldRuns', { start: true })).toEqual({ runs: [], decided: true })
  expect(await ended(next)).toBe('finished')
})

test('left, they stay for good, and each can be told to train', async () => {
  const project = await sentProject()
  const data = temporaryFolder()
  const client = machine(data)
  await client.request('projects.open', { folder: project })
  expect(await client.request('projects.decideHeldRuns', { start: false })).toEqual({ runs: [runId], decided: true })
  await client.request('projects.close', {})
  const next = machine(data)
  await next.request('projects.open', { folder: project })
  expect(await next.request('projects.heldRuns', {})).toEqual({ runs: [runId], decided: true })
  next.service.setPower('mains')
  expect(await next.request('runs.show', { runId })).toMatchObject({ status: 'queued', step: 0 })
  await next.request('runs.trainNow', { runId, onBattery: false })
  expect(await ended(next)).toBe('finished')
  expect(await next.request('projects.heldRuns', {})).toEqual({ runs: [], decided: true })
})

test('what was made or let start here goes on by itself; a copy of it elsewhere does not', async () => {
  const folder = temporaryFolder()
  const client = machine(folder)
  const { project } = await composedRun(client, folder)
  await client.request('projects.close', {})
  const db = connect(databaseFile(project), { sqliteBinding: null })
  db.exec(`DELETE FROM checkpoints; UPDATE runs SET status = 'queued', waits_for = 'mains', step = 0, ended_by = NULL`)
  db.close()
  const copy = join(temporaryFolder(), 'copy')
  cpSync(project, copy, { recursive: true })

  await client.request('projects.open', { folder: copy })
  expect(await client.request('projects.heldRuns', {})).toEqual({ runs: [runId], decided: false })
  await client.request('projects.open', { folder: project })
  expect(await client.request('projects.heldRuns', {})).toEqual({ runs: [], decided: true })
  expect(await ended(client)).toBe('finished')
})

test('on the command line, too, they wait until they are let', async () => {
  const project = await sentProject()
  const data = temporaryFolder()
  const client = machine(data, { keepsSchedule: false })
  await client.request('projects.open', { folder: project })
  expect(await client.request('projects.heldRuns', {})).toEqual({ runs: [runId], decided: false })
  expect(await errorCodeOf(() => client.request('runs.resume', { runId }))).toBe('run_held')
  await client.request('projects.decideHeldRuns', { start: true })
  await client.request('runs.resume', { runId })
  expect(await ended(client)).toBe('finished')
})

test('a damaged list of known projects is an empty one, and is written anew', async () => {
  const project = await sentProject()
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'data', 'known-projects.json'), '{ half')
  const client = machine(folder)
  await client.request('projects.open', { folder: project })
  expect(await client.request('projects.heldRuns', {})).toEqual({ runs: [runId], decided: false })
  await client.request('projects.decideHeldRuns', { start: false })
  await client.request('projects.close', {})
  const next = machine(folder)
  await next.request('projects.open', { folder: project })
  expect(await next.request('projects.heldRuns', {})).toEqual({ runs: [runId], decided: true })
})
