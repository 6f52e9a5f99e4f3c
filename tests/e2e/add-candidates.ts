import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Sha256 } from '../../contract/ids.ts'
import { openProject as openOnDisk } from '../../native-worker/project/open-project.ts'
import { ensureClass } from '../../native-worker/project/storage/classes.ts'
import { imagePath } from '../../contract/image-path.ts'
import { insertSamples } from '../../native-worker/project/storage/samples.ts'
import { testCheckpointSha256, testRun } from '../helpers/test-samples.ts'
import { distinctPng } from '../helpers/test-pictures.ts'

/** Candidates of the class “scratch” with picture files, as a run would leave them. */
export async function addCandidates(folder: string, { count }: { count: number }): Promise<void> {
  const project = openOnDisk(folder, { sqliteBinding: null })
  const images: { seed: number; sha256: Sha256 }[] = []
  for (let seed = 0; seed < count; seed += 1) {
    const png = await distinctPng()
    const sha256 = createHash('sha256').update(png).digest('hex') as Sha256
    const file = join(project.imagesFolder, imagePath(sha256))
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, png)
    images.push({ seed, sha256 })
  }
  const classId = ensureClass(project.db, 'scratch')
  insertSamples(project.db, {
    runId: testRun(project),
    checkpointStep: 10,
    checkpointSha256: testCheckpointSha256,
    classId,
    images,
  })
  project.close()
}
