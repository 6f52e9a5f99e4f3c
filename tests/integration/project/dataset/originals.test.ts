import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import sharp from 'sharp'
import type { OriginalsChoice } from '../../../../contract/originals.ts'
import { originalPath } from '../../../../contract/original-path.ts'
import { sha256Of } from '../../../../native-worker/files/sha256-of.ts'
import { importFolder } from '../../../../native-worker/project/dataset/import-folder.ts'
import { openProject } from '../../../../native-worker/project/open-project.ts'
import type { Project } from '../../../../native-worker/project/open-project.ts'
import { summarizeOriginals } from '../../../../native-worker/project/storage/originals.ts'
import { verifyProject } from '../../../../native-worker/project/verify-project.ts'
import { distinctPng } from '../../../helpers/test-pictures.ts'
import { editPastFlawsmith } from '../../../helpers/reviewed-project.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'
import { testImagesClient } from '../../../helpers/test-images-client.ts'
import { testProject } from '../../../helpers/test-project.ts'

async function drawSource(): Promise<string> {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'pit'))
  writeFileSync(join(folder, 'pit', 'a.png'), await distinctPng())
  writeFileSync(
    join(folder, 'pit', 'b.jpg'),
    await sharp(await distinctPng())
      .resize(90, 60)
      .jpeg()
      .toBuffer(),
  )
  return folder
}

const importInto = (project: Project, folder: string, originals: OriginalsChoice) =>
  importFolder({ project, folder, fit: 'crop', originals, images: testImagesClient() })

const problemsOf = async (project: Project): Promise<readonly string[]> =>
  (await verifyProject({ project })).problems.map(({ kind, path }) => `${kind} ${path}`)

const placeOf = (bytes: Buffer, kind: 'png' | 'jpeg'): string =>
  `originals/${originalPath({ sha256: sha256Of(bytes), kind })}`

test('the bytes of every imported file are kept by their hash, and verify knows them', async () => {
  const folder = await drawSource()
  const project = testProject()
  await importInto(project, folder, 'keep')
  const source = readFileSync(join(folder, 'pit', 'b.jpg'))
  const kept = join(project.folder, placeOf(source, 'jpeg'))
  expect(readFileSync(kept)).toEqual(source)
  expect(summarizeOriginals(project.db)).toMatchObject({ kept: 2, referenced: 0, absent: 0 })
  expect(await problemsOf(project)).toEqual([])

  writeFileSync(kept, 'other bytes')
  rmSync(join(project.folder, placeOf(readFileSync(join(folder, 'pit', 'a.png')), 'png')))
  expect(await problemsOf(project)).toEqual(
    expect.arrayContaining([
      `changed_file ${placeOf(source, 'jpeg')}`,
      `missing_file ${placeOf(readFileSync(join(folder, 'pit', 'a.png')), 'png')}`,
    ]),
  )
  // The folder is still there: importing it again repairs what was lost, and adds no image.
  expect(await importInto(project, folder, 'keep')).toMatchObject({ imported: 0, duplicates: 2 })
  expect(await problemsOf(project)).toEqual([])
})

test('only noted, a file stays where it is; imported again it is kept, without new images', async () => {
  const folder = await drawSource()
  const project = testProject()
  await importInto(project, folder, 'reference')
  expect(readdirSync(project.originalsFolder)).toEqual([])
  expect(summarizeOriginals(project.db)).toEqual({ kept: 0, referenced: 2, absent: 0, keptBytes: 0 })

  expect(await importInto(project, folder, 'keep')).toMatchObject({ imported: 0, duplicates: 2 })
  expect(summarizeOriginals(project.db)).toMatchObject({ kept: 2, referenced: 0 })
  // What is kept is not given up for a note of where it was.
  await importInto(project, folder, 'reference')
  expect(summarizeOriginals(project.db)).toMatchObject({ kept: 2, referenced: 0 })
})

test('a project of a version that kept nothing gets its originals from the same folder', async () => {
  const folder = await drawSource()
  const project = testProject()
  await importInto(project, folder, 'keep')
  project.db.exec('DELETE FROM originals')
  rmSync(project.originalsFolder, { recursive: true })
  mkdirSync(project.originalsFolder)
  expect(summarizeOriginals(project.db)).toMatchObject({ kept: 0, absent: 2 })

  expect(await importInto(project, folder, 'keep')).toMatchObject({ imported: 0, duplicates: 2 })
  expect(summarizeOriginals(project.db)).toMatchObject({ kept: 2, absent: 0 })
})

test('what an import wrote that was killed before it could record it is cleared away on opening', async () => {
  const folder = await drawSource()
  const project = testProject()
  await importInto(project, folder, 'keep')
  const stray = join(project.originalsFolder, 'ab', `ab${'0'.repeat(62)}.png`)
  const strand = (): void => {
    mkdirSync(join(project.originalsFolder, 'ab'), { recursive: true })
    writeFileSync(stray, 'never recorded')
  }
  const reopened = (): Project => {
    project.close()
    const again = openProject(project.folder, { sqliteBinding: null })
    again.close()
    return again
  }
  strand()
  project.db.exec('UPDATE imports SET finished_at = NULL')
  reopened()
  expect(readdirSync(join(project.originalsFolder, 'ab'))).not.toContain(`ab${'0'.repeat(62)}.png`)
})

test('what a picture shows of its original is part of the record', async () => {
  const project = testProject()
  await importInto(project, await drawSource(), 'keep')
  editPastFlawsmith(project, 'UPDATE images SET rect_x = 3 WHERE id = 2')
  expect(await problemsOf(project)).toEqual(['broken_record images 2'])
  editPastFlawsmith(project, 'UPDATE pictures SET rect_x = 3 WHERE image_id = 2')
  expect(await problemsOf(project)).toEqual([expect.stringContaining('broken_record pictures')])
})

test('verify warns of a file that is only referred to and was moved or changed; the project itself is whole', async () => {
  const folder = await drawSource()
  const project = testProject()
  await importInto(project, folder, 'reference')
  expect((await verifyProject({ project })).warnings).toEqual([])
  rmSync(join(folder, 'pit', 'a.png'))
  writeFileSync(join(folder, 'pit', 'b.jpg'), 'other')
  expect(await verifyProject({ project })).toMatchObject({
    problems: [],
    warnings: [
      { kind: 'missing_file', path: join(folder, 'pit', 'a.png') },
      { kind: 'changed_file', path: join(folder, 'pit', 'b.jpg') },
    ],
  })
})
