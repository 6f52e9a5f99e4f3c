import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { ExportPlan, ExportTarget, SplitShares } from '../../../contract/export.ts'
import type { Sha256 } from '../../../contract/ids.ts'
import type { Project } from '../open-project.ts'
import { listClasses } from '../storage/classes.ts'
import { listExportableImages } from '../storage/images.ts'
import { imagePath } from '../../files/project-paths.ts'
import { listAcceptedSamples } from '../storage/samples.ts'
import type { ExportableSample } from '../storage/samples.ts'
import { portableNames } from './portable-names.ts'
import { splitImages } from './split-images.ts'
import type { Split } from './split-images.ts'

export interface ExportFile {
  /** Relative to the export, with `/` between names. */
  readonly path: string
  readonly split: Split
  readonly className: string
  readonly sha256: Sha256
  readonly sizeBytes: number
  readonly origin:
    { readonly kind: 'real'; readonly source: string } | ({ readonly kind: 'synthetic' } & ExportableSample)
}

export interface ExportDraft {
  readonly plan: ExportPlan
  readonly files: readonly ExportFile[]
}

export interface ExportWish {
  readonly target: ExportTarget
  readonly splits: SplitShares
}

/**
 * Decides what an export will hold. Every real image is in it; accepted samples fill a class up to the target, first
 * generated first, and only ever train.
 */
export function draftExport({ db, imagesFolder }: Project, { target: wish, splits: shares }: ExportWish): ExportDraft {
  const classes = listClasses(db).filter((each) => each.images + each.accepted > 0)
  const target = wish === 'max' ? Math.max(0, ...classes.map((each) => each.images)) : wish
  const folders = portableNames(classes.map((each) => each.name))
  const files: ExportFile[] = []
  const planned = classes.map(({ id, name }) => {
    const folder = folders.get(name) ?? name
    const images = listExportableImages(db, id)
    const accepted = listAcceptedSamples(db, id)
    const synthetic = accepted.slice(0, Math.max(0, target - images.length))
    const counts = { train: synthetic.length, val: 0, test: 0 }
    splitImages(images, shares).forEach((split, index) => {
      const image = images[index]
      if (image === undefined) return
      const { sha256, sizeBytes, source } = image
      const path = `${split}/${folder}/${folder}_${padded(index + 1)}.png`
      files.push({ path, split, className: name, sha256, sizeBytes, origin: { kind: 'real', source } })
      counts[split]++
    })
    synthetic.forEach((sample, index) => {
      const { sha256 } = sample
      files.push({
        path: `train/${folder}/${folder}_synthetic_r${sample.runId}_${padded(index + 1)}.png`,
        split: 'train',
        className: name,
        sha256,
        sizeBytes: statSync(join(imagesFolder, imagePath(sha256)), { throwIfNoEntry: false })?.size ?? 0,
        origin: { ...sample, kind: 'synthetic' },
      })
    })
    return {
      classId: id,
      name,
      real: images.length,
      accepted: accepted.length,
      target,
      synthetic: synthetic.length,
      missing: Math.max(0, target - images.length - synthetic.length),
      splits: counts,
    }
  })
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0)
  return { plan: { target, classes: planned, files: files.length, sizeBytes }, files }
}

const padded = (number: number): string => String(number).padStart(5, '0')
