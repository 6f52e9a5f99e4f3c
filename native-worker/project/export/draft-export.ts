import { statSync } from 'node:fs'
import type { ExportLayout, ExportPlan, ExportTarget } from '../../../contract/export.ts'
import type { ClassId, Sha256 } from '../../../contract/ids.ts'
import type { Split } from '../../../contract/splits.ts'
import type { Project } from '../open-project.ts'
import { assertAcceptedAsDecided } from '../review/assert-accepted-as-decided.ts'
import { listClassesInUse } from '../storage/classes.ts'
import { listExportableImages } from '../storage/images.ts'
import { imageFile } from '../../files/project-paths.ts'
import { listAcceptedSamples } from '../storage/samples.ts'
import type { ExportableSample } from '../storage/samples.ts'
import { layouts } from './layouts/all-layouts.ts'

/** One picture of an export: what it is, not where it goes. */
export interface ExportPicture {
  readonly split: Split
  readonly className: string
  /** From 1 among the real, or the synthetic, pictures of its class. */
  readonly number: number
  readonly sha256: Sha256
  readonly sizeBytes: number
  readonly origin:
    { readonly kind: 'real'; readonly source: string } | ({ readonly kind: 'synthetic' } & ExportableSample)
}

/** With its place: relative to the export, with `/` between names. */
export type Placed<Picture> = Picture & { readonly path: string }

export type ExportFile = Placed<ExportPicture>

export interface ExportDraft {
  readonly plan: ExportPlan
  readonly files: readonly ExportFile[]
}

export interface ExportWish {
  readonly layout: ExportLayout
  readonly target: ExportTarget
}

/**
 * Decides what an export will hold. Every real image is in it that is not excluded and whose class is not left out, in the split it has in the project; accepted samples fill the
 * train split of a class up to the target, first generated first, and only ever train.
 * Throws `record_broken` where a sample is not what was accepted.
 */
export function draftExport(project: Project, { layout, target: wish }: ExportWish): ExportDraft {
  assertAcceptedAsDecided(project.db)
  const { classFolders, pathOf } = layouts[layout]
  const classes = listClassesInUse(project.db).filter((each) => each.images + each.accepted > 0)
  const target = wish === 'max' ? Math.max(0, ...classes.map((each) => each.splits.train)) : wish
  const folders = classFolders(classes.map((each) => each.name))
  const files: ExportFile[] = []
  const planned = classes.map(({ id, name, splits }) => {
    const folder = folders.get(name) ?? name
    const real = realPictures(project, { classId: id, className: name })
    const accepted = listAcceptedSamples(project.db, id)
    const synthetic = accepted.slice(0, Math.max(0, target - splits.train))
    const pictures = [...real, ...syntheticPictures(project, { className: name, samples: synthetic })]
    for (const picture of pictures) files.push({ ...picture, path: pathOf(picture, folder) })
    const inSplit = (split: Split): number => pictures.filter((picture) => picture.split === split).length
    return {
      classId: id,
      name,
      folder,
      real: real.length,
      accepted: accepted.length,
      target,
      synthetic: synthetic.length,
      missing: Math.max(0, target - splits.train - synthetic.length),
      splits: { train: inSplit('train'), val: inSplit('val'), test: inSplit('test') },
    }
  })
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0)
  return { plan: { layout, target, classes: planned, files: files.length, sizeBytes }, files }
}

function realPictures(
  { db }: Project,
  { classId, className }: { classId: ClassId; className: string },
): ExportPicture[] {
  return listExportableImages(db, classId).map(({ sha256, sizeBytes, source, split }, index) => ({
    split,
    className,
    number: index + 1,
    sha256,
    sizeBytes,
    origin: { kind: 'real', source },
  }))
}

const syntheticPictures = (
  { imagesFolder }: Project,
  { className, samples }: { className: string; samples: readonly ExportableSample[] },
): ExportPicture[] =>
  samples.map((sample, index) => ({
    split: 'train',
    className,
    number: index + 1,
    sha256: sample.sha256,
    sizeBytes: statSync(imageFile(imagesFolder, sample.sha256), { throwIfNoEntry: false })?.size ?? 0,
    origin: { ...sample, kind: 'synthetic' },
  }))
