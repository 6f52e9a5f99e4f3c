import { statSync } from 'node:fs'
import type { ClassSummary } from '../../../contract/dataset.ts'
import type {
  ExportLayout,
  ExportPictures,
  ExportPlan,
  ExportTarget,
  FollowedVerdict,
} from '../../../contract/export.ts'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { ClassId, Sha256 } from '../../../contract/ids.ts'
import { Split } from '../../../contract/splits.ts'
import type { Project } from '../open-project.ts'
import { assertAcceptedAsDecided } from '../review/assert-accepted-as-decided.ts'
import { listClassesInUse } from '../storage/classes.ts'
import { listExportableImages } from '../storage/images.ts'
import { imageFile } from '../../files/project-paths.ts'
import { countAcceptedOfOtherSize, listAcceptedSamples } from '../storage/samples.ts'
import type { ExportableSample } from '../storage/samples.ts'
import { picturesOf, type Painting } from './pretraining/painting.ts'
import { layouts } from './layouts/all-layouts.ts'
import { OriginalImages } from './original-images.ts'
import type { PictureSource } from './original-images.ts'

/** One picture of an export: what it is, not where it goes. */
export interface ExportPicture {
  readonly split: Split
  readonly className: string
  /** From 1 among the real, or the synthetic, pictures of its class. */
  readonly number: number
  /** Of the bytes written; null until they are made. */
  readonly sha256: Sha256 | null
  /** About as many, where they are made for the export. */
  readonly sizeBytes: number
  readonly width: number
  readonly height: number
  /** Without a dot. */
  readonly extension: string
  /** The picture of the project that shows the same. */
  readonly picture: Sha256
  readonly source: PictureSource
  readonly origin:
    | { readonly kind: 'real'; readonly source: string; readonly sourceSha256: Sha256 }
    | ({ readonly kind: 'synthetic'; /** From 1, best first. */ readonly rank: number } & ExportableSample)
}

/** With its place: relative to the export, with `/` between names. */
export type Placed<Picture> = Picture & { readonly path: string }

export type ExportFile = Placed<ExportPicture>

/** Once it lies there. */
export type WrittenFile = ExportFile & { readonly sha256: Sha256 }

/** What is only copied has its hash before that. */
export const isHashed = (file: ExportFile): file is WrittenFile => file.sha256 !== null

export interface ExportDraft {
  readonly plan: ExportPlan
  readonly files: readonly ExportFile[]
  /** To be painted for pretraining; null where that is not asked for. */
  readonly painting: Painting | null
}

/** A verdict on the project as it is. */
export interface VerdictToFollow extends Omit<FollowedVerdict, 'asMeasured'> {
  /** Synthetic images of every class; none of a class that is not named. */
  readonly counts: ReadonlyMap<ClassId, number>
  /** What it was measured with. */
  readonly pictures: ReadonlySet<Sha256>
  /** Null where pretraining is not what helps. */
  readonly painting: Painting | null
}

export interface ExportWish {
  readonly layout: ExportLayout
  readonly target: ExportTarget
  /** With the pretraining set of the verdict. */
  readonly pretraining?: boolean | undefined
  /** Asked in the turn in which the export is drawn up, where the target is `recommended` or pretraining is asked for. May throw. */
  readonly follow?: (() => VerdictToFollow) | undefined
  /** Of the project's size if left out. */
  readonly pictures?: ExportPictures | undefined
}

/** Accepted samples of a class, best first; those that are not named come last, in the order of their generation. */
export type SampleOrder = ReadonlyMap<Sha256, number>

/**
 * Decides what an export will hold. Every real image is in it that is not excluded and whose class is not left out, in the split it
 * has in the project, but none that no split holds yet; accepted samples of the project's size fill the train split of a class up to the
 * target, best first, and only ever train. What follows a verdict takes samples of its recipe, those first that it was measured with.
 * Throws `record_broken` where a sample is not what was accepted, `originals_missing`, and what asking for the verdict throws.
 */
export function draftExport(
  project: Project,
  { layout, target: wish, follow, pretraining = false, pictures = 'project' }: ExportWish,
  order: SampleOrder = new Map(),
): ExportDraft {
  const { db, size } = project
  assertAcceptedAsDecided(db)
  const { classFolders, pathOf } = layouts[layout]
  const inUse = listClassesInUse(db)
  const classes = inUse.filter((each) => each.images + each.accepted > 0)
  const largest = Math.max(0, ...classes.map((each) => each.splits.train))
  const asked = wish === 'recommended' || pretraining ? verdictOf(follow) : null
  const verdict = wish === 'recommended' ? asked : null
  const painting = pretraining ? requirePainting(asked) : null
  const target = typeof wish === 'number' ? wish : wish === 'max' ? largest : 0
  // The oldest first, so that of two names that meet the same one keeps itself in every export.
  const folders = classFolders(inUse.toSorted((a, b) => a.id - b.id).map((each) => each.name))
  const originals = pictures === 'original' ? new OriginalImages(project) : null
  const files: ExportFile[] = []
  const planned = classes.map(({ id, name, splits }) => {
    const folder = folders.get(name) ?? name
    const real = realPictures(project, { classId: id, className: name, originals })
    const accepted = listAcceptedSamples(db, { classId: id, size })
    const wanted = verdict === null ? Math.max(0, target - splits.train) : (verdict.counts.get(id) ?? 0)
    const synthetic = (verdict === null ? inOrder(accepted, order) : asMeasured(accepted, verdict)).slice(0, wanted)
    const ofClass = [...real, ...syntheticPictures(project, { className: name, samples: synthetic })]
    for (const picture of ofClass) files.push({ ...picture, path: pathOf(picture, folder) })
    const inSplit = (split: Split): number => ofClass.filter((picture) => picture.split === split).length
    return {
      classId: id,
      name,
      folder,
      real: real.length,
      accepted: accepted.length,
      otherSize: countAcceptedOfOtherSize(db, { classId: id, size }),
      target: verdict === null ? target : splits.train + wanted,
      synthetic: synthetic.length,
      missing: wanted - synthetic.length,
      splits: { train: inSplit('train'), val: inSplit('val'), test: inSplit('test') },
    }
  })
  originals?.refuseMissing()
  const used = Split.options.filter((split) => planned.some(({ splits }) => splits[split] > 0))
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0)
  return {
    plan: {
      ...{ layout, pictures, files: files.length, sizeBytes, undivided: countUndivided(inUse) },
      target: Math.max(target, ...planned.map((each) => each.target)),
      followed: verdict === null ? null : followedBy(files, verdict),
      pretraining: painting === null ? 0 : picturesOf(painting),
      classes: planned.map((each) => ({ ...each, absentFrom: used.filter((split) => each.splits[split] === 0) })),
    },
    files,
    painting,
  }
}

function requirePainting(verdict: VerdictToFollow | null): Painting {
  const painting = verdict?.painting ?? null
  if (painting !== null) return painting
  throw new FlawsmithError(
    'pretraining_not_recommended',
    'Pretraining on painted defects is not what was measured to help here, so there is no pretraining set to export.',
  )
}

/** Images of these classes that no split holds yet. */
const countUndivided = (classes: readonly ClassSummary[]): number =>
  classes.reduce((sum, { images, splits: { train, val, test } }) => sum + images - train - val - test, 0)

function verdictOf(follow: ExportWish['follow']): VerdictToFollow {
  if (follow === undefined) throw new Error('nothing says what is recommended')
  return follow()
}

/** Those of the verdict's recipe, in the order in which a measurement takes them: what it was measured with comes first. */
const asMeasured = (accepted: readonly ExportableSample[], { way }: VerdictToFollow): ExportableSample[] =>
  accepted.filter(({ recipe }) => recipe === way?.source).toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1))

const followedBy = (
  files: readonly ExportFile[],
  { measuredAt, mode, way, pictures }: VerdictToFollow,
): FollowedVerdict => ({
  ...{ measuredAt, mode, way },
  asMeasured: files.filter(({ origin, picture }) => origin.kind === 'synthetic' && pictures.has(picture)).length,
})

function inOrder(accepted: readonly ExportableSample[], order: SampleOrder): ExportableSample[] {
  const rankOf = ({ sha256 }: ExportableSample): number => order.get(sha256) ?? Infinity
  // Infinity minus itself is no number; where neither is named the sort keeps the order of generation.
  return accepted.toSorted((a, b) => (rankOf(a) === rankOf(b) ? 0 : rankOf(a) - rankOf(b)))
}

function realPictures(
  { db, size }: Project,
  {
    classId,
    className,
    originals,
  }: { readonly classId: ClassId; readonly className: string; readonly originals: OriginalImages | null },
): ExportPicture[] {
  return listExportableImages(db, classId).map((image, index) => ({
    split: image.split,
    className,
    number: index + 1,
    picture: image.sha256,
    ...(originals?.find(image) ?? {
      sha256: image.sha256,
      sizeBytes: image.sizeBytes,
      width: size,
      height: size,
      extension: 'png',
      source: { kind: 'picture' },
    }),
    origin: { kind: 'real', source: image.source, sourceSha256: image.sourceSha256 },
  }))
}

const syntheticPictures = (
  { imagesFolder, size }: Project,
  { className, samples }: { readonly className: string; readonly samples: readonly ExportableSample[] },
): ExportPicture[] =>
  samples.map((sample, index) => ({
    split: 'train',
    className,
    number: index + 1,
    sha256: sample.sha256,
    picture: sample.sha256,
    sizeBytes: statSync(imageFile(imagesFolder, sample.sha256), { throwIfNoEntry: false })?.size ?? 0,
    width: size,
    height: size,
    extension: 'png',
    source: { kind: 'picture' },
    origin: { ...sample, kind: 'synthetic', rank: index + 1 },
  }))
