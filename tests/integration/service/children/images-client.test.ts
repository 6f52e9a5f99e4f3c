import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ImagesClient } from '../../../../contract/images.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'

const children = Math.min(2, availableParallelism())

/** A real process that says of each file its name and who was asked, and ends where one is called “deadly”. */
function childThatSaysWho(): string {
  const entry = join(temporaryFolder(), 'child.mjs')
  writeFileSync(
    entry,
    `process.on('message', ({ id, files }) => {
       if (files.includes('deadly')) process.exit(3)
       const answers = files.map((file) => ({ ok: false, reason: 'unreadable', detail: file + ' ' + process.pid }))
       process.send({ kind: 'ingested', id, files: answers })
     })
     process.on('disconnect', () => process.exit(0))`,
  )
  return entry
}

/** The name and the process of each answer, in their order. */
async function ask(client: ImagesClient, files: readonly string[]): Promise<(readonly [string, string])[]> {
  const answers = await client.ingest({
    ...{ files: [...files], size: 32, channels: 1, fit: 'crop', depth: null, imagesFolder: '/images' },
  })
  return answers.map((answer) => {
    const [name = '', pid = ''] = answer.ok ? [] : answer.detail.split(' ')
    return [name, pid] as const
  })
}

const filesNamed = (count: number): string[] => Array.from({ length: count }, (_, index) => `${index}.png`)
const processesOf = (answers: readonly (readonly [string, string])[]): number =>
  new Set(answers.map(([, pid]) => pid)).size

test.each([199, 200])('a request about %i files is shared, and its answers keep their order', async (count) => {
  const files = filesNamed(count)
  const answers = await ask(testImagesClient({ entry: childThatSaysWho() }), files)
  expect(answers.map(([name]) => name)).toEqual(files)
  expect(processesOf(answers)).toBe(children)
})

test('a request about a few files starts one process', async () => {
  const client = testImagesClient({ entry: childThatSaysWho() })
  const answers = [...(await ask(client, filesNamed(6))), ...(await ask(client, filesNamed(1)))]
  expect(processesOf(answers)).toBe(1)
  expect(await ask(client, [])).toEqual([])
})

test('a child that dies fails the requests it shares, and the next ones are answered', async () => {
  const client = testImagesClient({ entry: childThatSaysWho() })
  const files = filesNamed(200)
  const before = await ask(client, files)
  expect(await errorCodeOf(() => ask(client, [...files.slice(1), 'deadly']))).toBe('compute_died')
  const after = await ask(client, files)
  expect(after.map(([name]) => name)).toEqual(files)
  // Whoever was asked about the first half has lived on.
  if (children > 1) expect(after[0]).toEqual(before[0])
  expect(after.at(-1)).not.toEqual(before.at(-1))
})
