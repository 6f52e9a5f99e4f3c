import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import type { ProcessIdentity } from '../../../../native-worker/files/process-identity.ts'
import { identifyThisProcess } from '../../../../native-worker/files/process-identity.ts'
import {
  beginUnfinishedExport,
  clearAbandonedExports,
} from '../../../../native-worker/project/export/unfinished-exports.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

const me = identifyThisProcess()

async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  if (child.pid === undefined) throw new Error('no process')
  return child.pid
}

/** What remains of one unfinished export, and whether it is named, when this process looks. */
async function lookAt(owner: ProcessIdentity): Promise<'removed' | 'kept' | 'named'> {
  const parent = temporaryFolder()
  const { folder } = await beginUnfinishedExport(parent, owner)
  writeFileSync(join(folder, 'picture.png'), 'x')
  const named = await clearAbandonedExports(parent, me)
  if (!existsSync(join(folder, 'picture.png'))) return 'removed'
  return named.length === 1 ? 'named' : 'kept'
}

test('two machines that export to one folder leave each other alone, whatever their process ids are', async () => {
  const machine = async (name: string): Promise<ProcessIdentity> => ({
    // No process here has this id; on its own machine it lives.
    ...{ host: name, boot: `start of ${name} pid:[1]`, pid: await deadProcess(), started: '7' },
  })
  const both = [await machine('first'), await machine('second')] as const
  for (const [looking, writing] of [both, both.toReversed() as [ProcessIdentity, ProcessIdentity]]) {
    const parent = temporaryFolder()
    const { folder } = await beginUnfinishedExport(parent, writing)
    expect(await clearAbandonedExports(parent, looking)).toEqual([dirname(folder)])
    expect(await clearAbandonedExports(parent, { ...looking, pid: writing.pid })).toEqual([dirname(folder)])
    expect(existsSync(folder)).toBe(true)
  }
})

test('only what has ended for certain is removed', async () => {
  const dead = await deadProcess()
  expect(await lookAt(me)).toBe('kept')
  expect(await lookAt({ ...me, pid: process.ppid, started: null })).toBe('kept')
  expect(await lookAt({ ...me, pid: dead })).toBe('removed')
  expect(await lookAt({ ...me, host: 'another machine', pid: dead })).toBe('named')
})

test.runIf(process.platform === 'linux')('starts, containers and reused ids are told apart', async () => {
  const dead = await deadProcess()
  const [boot = ''] = me.boot?.split(' ') ?? []
  expect(await lookAt({ ...me, started: '1' })).toBe('removed')
  expect(await lookAt({ ...me, boot: 'an earlier start pid:[4026531836]' })).toBe('removed')
  expect(await lookAt({ ...me, boot: `${boot} pid:[1]`, pid: dead })).toBe('named')
})

test('what says nothing of its owner is named, and nothing is followed or taken for another', async () => {
  const parent = temporaryFolder()
  const [mute, damaged] = ['.flawsmith-export-0123', '.flawsmith-export-4567'].map((name) => join(parent, name))
  for (const folder of [mute ?? '', damaged ?? '', join(parent, '.flawsmith-export-notes')]) mkdirSync(folder)
  writeFileSync(join(damaged ?? '', 'owner.json'), '{"pid":')
  const elsewhere = temporaryFolder()
  const { folder } = await beginUnfinishedExport(elsewhere, { ...me, pid: await deadProcess() })
  symlinkSync(join(folder, '..'), join(parent, '.flawsmith-export-89ab'))
  expect(await clearAbandonedExports(parent, me)).toEqual([mute, damaged])
  expect(existsSync(folder)).toBe(true)
  rmSync(join(folder, '..'), { recursive: true })
})
