import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import Papa from 'papaparse'
import type { ImagesClient, PaintedFile, WatchedRequest } from '../../../../contract/images.ts'
import type { Project } from '../../open-project.ts'
import { picturesOf, type Painting } from './painting.ts'
import { pretrainingReadme } from './pretraining-readme.ts'

export const pretrainingFolder = 'pretraining'
export const pretrainingManifest = `${pretrainingFolder}/manifest.csv`

export interface WrittenPretraining {
  /** Everything that lies there, with its hash; relative to the export. */
  readonly pictures: readonly { readonly path: string; readonly sha256: string }[]
  readonly documents: readonly { readonly path: string; readonly text: string }[]
}

/**
 * The pretraining set in a folder of its own, never among the class folders: a folder a kind, masks of what is painted, a manifest and how
 * it was used. Throws what painting throws.
 */
export async function writePretraining(
  { imagesFolder, size, channels }: Pick<Project, 'imagesFolder' | 'size' | 'channels'>,
  painting: Painting,
  {
    images,
    target,
    ...watch
  }: WatchedRequest & {
    readonly images: Pick<ImagesClient, 'paint'>
    /** The export. */
    readonly target: string
  },
): Promise<WrittenPretraining> {
  const { surfaces, className, edge, seed, families, perFamily } = painting
  const folder = join(target, pretrainingFolder)
  await mkdir(folder)
  const files = await images.paint(
    {
      ...{ surfaces: [...surfaces], className, edge, seed, families, perFamily },
      ...{ imagesFolder, size, channels, folder },
    },
    watch,
  )
  if (files.length !== picturesOf(painting)) throw new Error(`${files.length} pictures were painted`)
  const inside = (path: string): string => `${pretrainingFolder}/${path}`
  return {
    pictures: files.flatMap(({ path, sha256, mask }) => [
      { path: inside(path), sha256 },
      ...(mask === null ? [] : [{ path: inside(mask.path), sha256: mask.sha256 }]),
    ]),
    documents: [
      { path: pretrainingManifest, text: manifestOf(files, { surfaces, inside }) },
      { path: inside('recipe.json'), text: `${JSON.stringify(cardOf(painting), null, 2)}\n` },
      { path: inside('README.txt'), text: pretrainingReadme(painting) },
    ],
  }
}

const manifestOf = (
  files: readonly PaintedFile[],
  { surfaces, inside }: Pick<Painting, 'surfaces'> & { readonly inside: (path: string) => string },
): string => {
  const rows = files.map(({ path, sha256, kind, family, surface, mask }) => [
    ...[inside(path), sha256, kind, family, surfaces[surface] ?? ''],
    ...(mask === null ? ['', ''] : [inside(mask.path), mask.sha256]),
  ])
  const columns = ['file', 'sha256', 'kind', 'family', 'surface_sha256', 'mask', 'mask_sha256']
  return `${Papa.unparse([columns, ...rows], { newline: '\r\n' })}\r\n`
}

/** Every file that such a manifest names, with its hash. */
export function readPretrainingManifest(csv: string): ReadonlyMap<string, string> {
  const { data } = Papa.parse<Readonly<Record<string, string>>>(csv, { header: true, skipEmptyLines: true })
  return new Map(
    data.flatMap(({ file = '', sha256 = '', mask = '', mask_sha256: maskSha256 = '' }) => [
      [file, sha256] as const,
      ...(mask === '' ? [] : [[mask, maskSha256] as const]),
    ]),
  )
}

const cardOf = ({ surfaces, ...painting }: Painting): object => ({
  format: 'flawsmith-pretraining/1',
  ...painting,
  pictures: picturesOf(painting),
  surfaces: surfaces.length,
})
