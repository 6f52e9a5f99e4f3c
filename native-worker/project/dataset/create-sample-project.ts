import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { ImagesClient } from '../../../contract/images.ts'
import { createProject } from '../create-project.ts'
import { importFolder } from './import-folder.ts'
import { openForWork } from '../open-project.ts'
import type { Project } from '../open-project.ts'

/** Unbalanced as on a real line: the rarer the defect, the fewer its images. */
export const sampleClasses = { good: 240, scratch: 80, pit: 32, stain: 16 } as const
const sampleSize = 64
const sampleSeed = 1

interface SampleProjectOptions {
  readonly folder: string
  readonly images: ImagesClient
  readonly sqliteBinding: string | null
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number | null) => void
  /** As `importFolder` takes it, for the project that is made. */
  readonly compare?: (project: Project) => Promise<boolean>
}

/** Makes and opens a project with the built-in sample set. Throws what `createProject` and `importFolder` throw. */
export async function createSampleProject({
  folder,
  images,
  sqliteBinding,
  signal,
  onProgress,
  compare,
}: SampleProjectOptions): Promise<Project> {
  createProject({ folder, name: 'Steel surface sample', size: sampleSize, channels: 1, isSample: true, sqliteBinding })
  const project = openForWork(folder, { sqliteBinding })
  const drawings = await mkdtemp(join(tmpdir(), 'flawsmith-sample-'))
  try {
    await images.drawSampleSet({ folder: drawings, seed: sampleSeed, size: sampleSize, classes: sampleClasses })
    await importFolder({
      project,
      folder: drawings,
      fit: 'crop',
      images,
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
      ...(compare && { compare: () => compare(project) }),
    })
    return project
  } catch (thrown) {
    project.close()
    // Made a moment ago by this call, in a folder that was empty.
    await rm(folder, { recursive: true, force: true })
    if (signal?.aborted === true)
      throw new FlawsmithError(
        'cancelled',
        'The sample project was not created; nothing is left of it.',
        { folder },
        { cause: thrown },
      )
    throw thrown
  } finally {
    await rm(drawings, { recursive: true, force: true })
  }
}
