import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { MarkableImage, MarkExportFormat, MarksExportReport } from '../../../contract/marks.ts'
import { assertFreeGround } from '../assert-free-ground.ts'
import { portableName } from '../export/portable-names.ts'
import { writeWholeFolder } from '../export/write-whole-folder.ts'
import type { Project } from '../open-project.ts'
import { listMarkableImages } from '../storage/marks.ts'
import { writeCoco } from './formats/write-coco.ts'
import { writePng } from './formats/write-png.ts'
import { writeVoc } from './formats/write-voc.ts'
import { writeYolo } from './formats/write-yolo.ts'
import type { ExportedDocument, ImageToWrite, MarksToWrite } from './formats/written-marks.ts'
import { stemOf } from './match-images.ts'

const writers: Readonly<Record<MarkExportFormat, (marks: MarksToWrite) => Iterable<ExportedDocument>>> = {
  coco: writeCoco,
  yolo: writeYolo,
  voc: writeVoc,
  png: writePng,
}

/**
 * Writes the marks of every image that was answered, in coordinates of its source, for other programs to read. The folder appears
 * whole or not at all. Throws `export_target_exists`, `export_nothing`, `inside_project`, `inside_export`, `disk_full`,
 * `folder_not_writable`, `cancelled`.
 */
export async function exportMarks({
  project,
  folder,
  format,
  signal,
  onProgress,
}: {
  readonly project: Project
  readonly folder: string
  readonly format: MarkExportFormat
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number | null) => void
}): Promise<MarksExportReport> {
  const out = resolve(folder)
  assertFreeGround(out)
  const images = listMarkableImages(project.db).filter(({ answer }) => answer !== 'open')
  if (images.length === 0)
    throw new FlawsmithError(
      'export_nothing',
      'No image is marked yet. Mark some on the Marks tab, or import marks.',
      {},
    )
  const marks = images.flatMap((image) => image.marks)
  await writeWholeFolder(
    out,
    { signal, whenCancelled: 'Exporting the marks was cancelled; nothing of it is left.' },
    async (unfinished) => {
      let done = 0
      for (const { path, contents } of writers[format](named(images))) {
        const file = join(unfinished.folder, ...path.split('/'))
        await mkdir(dirname(file), { recursive: true })
        await writeFile(file, contents, { flush: true })
        onProgress?.(++done, null)
        await nextTurn()
        signal?.throwIfAborted()
      }
    },
  )
  const hasNoMasks = format === 'yolo' || format === 'voc'
  return {
    format,
    out,
    images: images.length,
    marks: marks.length,
    masksAsBoxes: hasNoMasks ? marks.filter(({ shape }) => shape.kind === 'mask').length : 0,
  }
}

function named(images: readonly MarkableImage[]): MarksToWrite {
  const files = images.map((image) => ({ image, fileName: fileNameOf(image) }))
  const stems = new Map<string, number>()
  for (const { fileName } of files) stems.set(stemOf(fileName), (stems.get(stemOf(fileName)) ?? 0) + 1)
  return {
    images: files.map(({ image, fileName }): ImageToWrite => {
      const stem = stemOf(fileName)
      return { image, fileName, labelName: stems.get(stem) === 1 ? stem : fileName }
    }),
    classNames: [...new Set(images.map(({ className }) => className))].sort(),
  }
}

/** The class of today, then the folders of its import below the class of then. */
const fileNameOf = ({ className, sourcePath }: MarkableImage): string =>
  [className, ...sourcePath.split('/').slice(sourcePath.includes('/') ? 1 : 0)].map(portableName).join('/')
