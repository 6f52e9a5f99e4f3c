import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { BulkWriter } from '../../../native-worker/files/bulk-writer.ts'
import { abandonedAfterMs, clearUnfinished, isUnfinished } from '../../../native-worker/files/unfinished-files.ts'
import { buildWhole, buildWholeNow, writeWhole } from '../../../native-worker/files/write-whole.ts'
import { errorCodeOf } from '../../helpers/error-code.ts'
import { canMount, mountReadOnly, mountSmallDisk } from '../../helpers/mounted-folder.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

test('a file is there whole, in a folder made for it, with nothing beside it', async () => {
  const folder = join(temporaryFolder(), 'new')
  await writeWhole(join(folder, 'text'), 'first')
  await writeWhole(join(folder, 'text'), 'second')
  await writeWhole(join(folder, 'pieces'), [Buffer.from('a'), Buffer.from('b')])
  buildWholeNow(join(folder, 'built'), (unfinished) => writeFileSync(unfinished, 'c'))
  expect(readdirSync(folder).sort()).toEqual(['built', 'pieces', 'text'])
  expect(readFileSync(join(folder, 'text'), 'utf8')).toBe('second')
  expect(readFileSync(join(folder, 'pieces'), 'utf8')).toBe('ab')
})

test('what fails leaves the file that was there, and nothing else', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'kept'), 'old')
  const failing = buildWhole(join(folder, 'kept'), (unfinished) => {
    writeFileSync(unfinished, 'ha')
    throw new Error('half-way')
  })
  await expect(failing).rejects.toThrow('half-way')
  expect(readdirSync(folder)).toEqual(['kept'])
  expect(readFileSync(join(folder, 'kept'), 'utf8')).toBe('old')
})

test('a folder that was moved away does not rise again', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'project', 'runs'), { recursive: true })
  renameSync(join(folder, 'project'), join(folder, 'elsewhere'))
  const file = join(folder, 'project', 'runs', 'checkpoint')
  expect(await errorCodeOf(() => writeWhole(file, 'late'))).toBe('folder_not_writable')
  const bulk = new BulkWriter(join(folder, 'project', 'incoming'))
  expect(await errorCodeOf(() => bulk.stage(file, Buffer.from('late')))).toBe('folder_not_writable')
  expect(readdirSync(folder)).toEqual(['elsewhere'])
})

test.skipIf(!canMount)('a full and a read-only disk are named, and nothing is left on them', async () => {
  const folder = temporaryFolder()
  const small = join(folder, 'small')
  onTestFinished(mountSmallDisk(small, { sizeBytes: 65_536 }))
  const large = Buffer.alloc(200_000, 'x')
  expect(await errorCodeOf(() => writeWhole(join(small, 'large'), large))).toBe('disk_full')
  const bulk = new BulkWriter(join(small, 'incoming'))
  await bulk.stage(join(small, 'a', 'one'), Buffer.from('one'))
  expect(await errorCodeOf(() => bulk.stage(join(small, 'a', 'two'), large))).toBe('disk_full')
  await bulk.discard()
  expect(readdirSync(small, { recursive: true })).toEqual(['incoming'])

  mkdirSync(join(folder, 'open'))
  const sealed = join(folder, 'sealed')
  onTestFinished(mountReadOnly(join(folder, 'open'), sealed))
  expect(await errorCodeOf(() => writeWhole(join(sealed, 'file'), 'text'))).toBe('folder_not_writable')
})

test('a bulk of files appears at once', async () => {
  const folder = temporaryFolder()
  const bulk = new BulkWriter(join(folder, 'incoming'))
  for (const name of ['aa/1', 'aa/2', 'bb/3']) await bulk.stage(join(folder, name), Buffer.from(name))
  expect(readdirSync(join(folder, 'incoming')).every(isUnfinished)).toBe(true)
  expect(readdirSync(folder)).toEqual(['incoming'])
  await bulk.commit()
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(['aa', 'aa/1', 'aa/2', 'bb', 'bb/3', 'incoming'])
})

test('what a killed writer leaves is recognised; where others may write it is cleared when it has rested', async () => {
  const folder = temporaryFolder()
  const module = new URL('../../../native-worker/files/write-whole.ts', import.meta.url).href
  const script = `
    const { buildWhole } = await import(${JSON.stringify(module)})
    const { writeFileSync } = await import('node:fs')
    await buildWhole(${JSON.stringify(join(folder, 'recent.json'))}, async (unfinished) => {
      writeFileSync(unfinished, 'half')
      console.log('writing')
      await new Promise((resolve) => setTimeout(resolve, 60_000))
    })`
  const writer = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(writer.stdout, 'data')
  writer.kill('SIGKILL')
  await once(writer, 'exit')
  const [left] = readdirSync(folder)
  expect(left).toSatisfy(isUnfinished)
  writeFileSync(join(folder, 'recent.json'), '[]')

  clearUnfinished(folder, { untouchedForMs: abandonedAfterMs })
  expect(readdirSync(folder)).toContain(left)
  const old = new Date(Date.now() - abandonedAfterMs - 1000)
  utimesSync(join(folder, left ?? ''), old, old)
  utimesSync(join(folder, 'recent.json'), old, old)
  clearUnfinished(folder, { untouchedForMs: abandonedAfterMs })
  expect(readdirSync(folder)).toEqual(['recent.json'])
})

test('names of earlier versions are recognised, finished files are not', () => {
  for (const name of ['set.bin.unfinished', 'step-00000013.safetensors.4711.part', 'recent.json.4711'])
    expect(isUnfinished(name)).toBe(true)
  for (const name of ['set.bin', 'step-00000013.safetensors', 'recent.json', 'damaged-1.sqlite', 'part'])
    expect(isUnfinished(name)).toBe(false)
})
