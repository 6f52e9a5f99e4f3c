import type { Sha256 } from '../../../contract/ids.ts'
import { namesInside } from '../../files/files-inside.ts'
import { sha256Of } from '../../files/sha256-of.ts'
import type { Project } from '../../project/open-project.ts'
import { canonicalJson } from '../../project/storage/canonical-json.ts'
import { listMappableImages, listMappableSamples, type MappableSample } from '../../project/storage/mappable.ts'
import { randomFeaturesName } from '../../trainer/embedding/random-features.ts'
import { featuresFolder } from '../scores/prepare-scoring.ts'

/** Whenever the same pictures would be put elsewhere. */
const mapVersion = 1
const fileStart = `${randomFeaturesName}-map-`

/** What a map of the project would show, as it is now. */
interface MapPictures {
  readonly real: ReturnType<typeof listMappableImages>
  /** With scores. */
  readonly candidates: readonly MappableSample[]
  readonly unscored: number
  /** Of the file in which it is kept, by everything that decides it. */
  readonly fileName: string
}

export function listMapPictures({ db, size }: Pick<Project, 'db' | 'size'>): MapPictures {
  const real = listMappableImages(db)
  const samples = listMappableSamples(db, { size })
  const candidates = samples.filter(({ distance }) => distance !== null)
  const key = sha256Of(
    canonicalJson({ version: mapVersion, size, real: hashesOf(real), candidates: hashesOf(candidates) }),
  )
  return { real, candidates, unscored: samples.length - candidates.length, fileName: `${fileStart}${key}.features` }
}

/** Each once, in an order of its own: what is decided about a picture moves it nowhere. */
export const hashesOf = (pictures: readonly { readonly sha256: Sha256 }[]): readonly Sha256[] =>
  [...new Set(pictures.map(({ sha256 }) => sha256))].sort()

/** Maps that are kept, of these pictures or of others. */
export const keptMaps = (folder: string): readonly string[] =>
  namesInside(folder, featuresFolder).filter((name) => name.startsWith(fileStart) && name.endsWith('.features'))
