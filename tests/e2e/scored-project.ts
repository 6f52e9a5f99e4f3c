import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Sha256 } from '../../contract/ids.ts'
import { createProject } from '../../native-worker/project/create-project.ts'
import { importFolder } from '../../native-worker/project/dataset/import-folder.ts'
import { openProject as openOnDisk } from '../../native-worker/project/open-project.ts'
import { getClassByName } from '../../native-worker/project/storage/classes.ts'
import { imagePath } from '../../contract/image-path.ts'
import { insertSamples } from '../../native-worker/project/storage/samples.ts'
import { createImagesClient } from '../../native-worker/service/children/images-client.ts'
import { findComputeRuntime } from '../../native-worker/service/children/compute-runtime.ts'
import { scoreProject } from '../../native-worker/service/scores/score-project.ts'
import { testCheckpointSha256, testRun } from '../helpers/test-samples.ts'
import { asPng, drawTexture, drawTexturedFolders } from '../helpers/textured-classes.ts'

/** A 32 px project of scratches and pits with 18 scored candidates of pits, of which the last six equal real images. */
export async function prepareScoredProject(folder: string, { source }: { readonly source: string }): Promise<void> {
  createProject({ folder, size: 32, channels: 1, sqliteBinding: null })
  const project = openOnDisk(folder, { sqliteBinding: null })
  const root = join(import.meta.dirname, '../..')
  const images = createImagesClient({
    node: process.execPath,
    entry: join(root, 'native-worker/images/child.ts'),
    onLog: () => undefined,
  })
  await drawTexturedFolders(source, { scratch: 60, pit: 50 })
  await importFolder({ project, folder: source, fit: 'crop', images })
  const runId = testRun(project)
  const add = async (className: string, pictures: readonly Buffer[], first: number) => {
    const list = []
    for (const [at, png] of pictures.entries()) {
      const sha256 = createHash('sha256').update(png).digest('hex') as Sha256
      const file = join(project.imagesFolder, imagePath(sha256))
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, png)
      list.push({ seed: first + at, sha256 })
    }
    return insertSamples(project.db, {
      runId,
      checkpointStep: 10,
      checkpointSha256: testCheckpointSha256,
      classId: getClassByName(project.db, className).id,
      images: list,
    })
  }
  const many = (kind: 'pit' | 'scratch', from: number, count: number) =>
    Promise.all(Array.from({ length: count }, (_, at) => asPng(drawTexture(kind, from + at))))
  await add('pit', await many('pit', 1000, 12), 0)
  await add('pit', await many('pit', 0, 6), 200)
  await scoreProject({
    ...{
      project,
      images,
      runtime: findComputeRuntime(join(root, 'native-worker')),
      runId: null,
      engine: 'wasm',
      steps: 60,
    },
    signal: new AbortController().signal,
    report: () => undefined,
  })
  images.close()
  project.close()
}
