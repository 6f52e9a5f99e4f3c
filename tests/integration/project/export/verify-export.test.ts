import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { verifyExport } from '../../../../native-worker/project/export/verify-export.ts'
import { makeReviewedProject } from '../../../helpers/reviewed-project.ts'
import type { ReviewedProject } from '../../../helpers/reviewed-project.ts'
import { distinctPng } from '../../../helpers/test-pictures.ts'

let reviewed: ReviewedProject

beforeAll(async () => {
  reviewed = await makeReviewedProject()
  return () => reviewed.remove()
}, 60_000)

const sha256Of = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex')
const edit = (file: string, change: (text: string) => string): void =>
  writeFileSync(file, change(readFileSync(file, 'utf8')))
const kinds = async (...[options]: Parameters<typeof verifyExport>): Promise<string[]> =>
  (await verifyExport(options)).problems.map(({ kind, path }) => `${kind} ${path}`)

/** As `sha256sum` would write it again. */
function sumAgain(out: string): void {
  edit(join(out, 'SHA256SUMS'), (sums) =>
    sums.replaceAll(/^[0-9a-f]{64} {2}(.*)$/gm, (_, path: string) => {
      return `${sha256Of(readFileSync(join(out, path)))}  ${path}`
    }),
  )
}

const syntheticPath = (out: string): string =>
  /train\/pit\/[^,]*synthetic[^,]*\.png/.exec(readFileSync(join(out, 'manifest.csv'), 'utf8'))?.[0] ?? ''

test('an export as it was written has no problems, here or where it was moved to', async () => {
  const { project, out } = reviewed.copy()
  expect(await kinds({ folder: out })).toEqual([])
  expect(await kinds({ folder: out, db: project.db })).toEqual([])
})

test('a list of sums that is empty, gone or short is a failure', async () => {
  const { out } = reviewed.copy()
  const file = join(out, 'SHA256SUMS')
  const whole = readFileSync(file, 'utf8')
  const path = syntheticPath(out)
  writeFileSync(file, whole.replace(new RegExp(`.*${path}\n`), ''))
  rmSync(join(out, path))
  expect(await kinds({ folder: out })).toEqual(['changed_file SHA256SUMS'])
  writeFileSync(file, '')
  expect(await kinds({ folder: out })).toContain('changed_file SHA256SUMS')
  rmSync(file)
  expect(await kinds({ folder: out })).toContain('missing_file SHA256SUMS')
})

test('an empty list of sums with all files gone is not an export without problems', async () => {
  const { out } = reviewed.copy()
  rmSync(join(out, 'train'), { recursive: true })
  for (const name of ['manifest.csv', 'report.html', 'export.json', 'classes.txt']) rmSync(join(out, name))
  writeFileSync(join(out, 'SHA256SUMS'), '')
  expect((await kinds({ folder: out })).sort()).toContain('changed_file SHA256SUMS')
  expect(await kinds({ folder: out })).toContain('missing_file manifest.csv')
})

test('a picture replaced with its sum, but not in the manifest', async () => {
  const { out } = reviewed.copy()
  const path = syntheticPath(out)
  writeFileSync(join(out, path), await distinctPng())
  sumAgain(out)
  expect(await kinds({ folder: out })).toEqual([`changed_file ${path}`])
})

test('a picture added with a sum', async () => {
  const { out } = reviewed.copy()
  const png = await distinctPng()
  writeFileSync(join(out, 'train', 'pit', 'pit_99999.png'), png)
  edit(join(out, 'SHA256SUMS'), (sums) => `${sums}${sha256Of(png)}  train/pit/pit_99999.png\n`)
  expect(await kinds({ folder: out })).toEqual(['unrecorded_file train/pit/pit_99999.png'])
})

test('a picture and its inspector replaced, everything summed again: found by the project only', async () => {
  const { project, out } = reviewed.copy()
  const path = syntheticPath(out)
  const before = sha256Of(readFileSync(join(out, path)))
  const png = await distinctPng()
  writeFileSync(join(out, path), png)
  edit(join(out, 'manifest.csv'), (csv) => csv.replace(before, sha256Of(png)).replaceAll(',Ann,', ',Eve,'))
  edit(join(out, 'export.json'), (json) =>
    json.replace(/"manifestSha256": "\w+"/, `"manifestSha256": "${sha256Of(readFileSync(join(out, 'manifest.csv')))}"`),
  )
  sumAgain(out)
  expect(await kinds({ folder: out })).toEqual([])
  expect(await kinds({ folder: out, db: project.db })).toEqual(['changed_file manifest.csv'])
})

test('a report rewritten and summed again: found by the project only', async () => {
  const { project, out } = reviewed.copy()
  edit(join(out, 'report.html'), (html) => html.replaceAll('Ann', 'Eve'))
  sumAgain(out)
  expect(await kinds({ folder: out })).toEqual([])
  expect(await kinds({ folder: out, db: project.db })).toEqual(['changed_file SHA256SUMS'])
})

test('an export whose word about itself is not what Flawsmith writes', async () => {
  const { out } = reviewed.copy()
  writeFileSync(join(out, 'export.json'), '{}')
  sumAgain(out)
  expect(await kinds({ folder: out })).toEqual(['changed_file export.json'])
})
