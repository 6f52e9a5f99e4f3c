import { FlawsmithError } from '../../../../contract/errors.ts'
import type { GroupSettings, GroupState } from '../../../../contract/groups.ts'
import type { ImageId } from '../../../../contract/ids.ts'
import type { GroupedImages, ImagesClient, WatchedRequest } from '../../../../contract/images.ts'
import { spectraFile } from '../../../files/project-paths.ts'
import { withStorageFailures } from '../../../files/storage-failure.ts'
import type { Project } from '../../open-project.ts'
import { groupSettings, listSearchableImages, readGroupState, storeSearch } from '../../storage/groups.ts'
import type { FoundMember, SearchedImage } from '../../storage/groups.ts'
import { inTransaction } from '../../storage/query.ts'
import { assignSplits } from '../../storage/splits.ts'
import { readHint } from './read-hint.ts'

interface FindOptions extends WatchedRequest {
  readonly project: Project
  readonly images: ImagesClient
  /** As the last search if left out. */
  readonly settings?: GroupSettings
}

/**
 * Looks for images of the same part among all active ones and divides the images anew where the splits are not locked. Nothing is stored
 * before everything is found: cancelled or killed, the groups are those of before. Pictures that were read before are not read again.
 * Throws what the images client throws, and `invalid_request` for a hint that cannot be read.
 */
export async function findNearDuplicates({ project, images, settings, ...watch }: FindOptions): Promise<GroupState> {
  const { db, folder, imagesFolder } = project
  const { threshold, hint } = settings ?? groupSettings(db)
  const searched = listSearchableImages(db)
  const parts = hint === null ? null : readHint(searched, hint)
  const startedAt = performance.now()
  const found = await images.group(
    { images: searched.map(({ sha256 }) => sha256), imagesFolder, spectraFile: spectraFile(folder), threshold },
    watch,
  )
  const members = membersOf(searched, { found, parts })
  const seconds = (performance.now() - startedAt) / 1000
  const figures = { images: searched.length, unread: found.unread.length, pairs: found.pairs, seconds }
  project.assertWritable()
  withStorageFailures(folder, () =>
    inTransaction(db, () => {
      storeSearch(db, { members, threshold, hint, ...figures })
      assignSplits(db)
    }),
  )
  return readGroupState(db)
}

function membersOf(
  searched: readonly SearchedImage[],
  { found, parts }: { readonly found: GroupedImages; readonly parts: readonly (string | null)[] | null },
): readonly FoundMember[] {
  const idOf = (image: number): ImageId => {
    const known = searched[image]
    if (known === undefined) throw new FlawsmithError('compute_answer_invalid', `There is no image ${image}.`)
    return known.id
  }
  const placed = new Map<ImageId, Pick<FoundMember, 'middleId' | 'correlation' | 'orientation'>>()
  for (const group of found.groups) {
    const middleId = idOf(group[0]?.image ?? 0)
    for (const { image, correlation, orientation } of group)
      placed.set(idOf(image), { middleId, correlation, orientation })
  }
  const alone = { middleId: null, correlation: null, orientation: null }
  return searched.map(({ id }, index) => ({
    imageId: id,
    part: parts?.[index] ?? null,
    ...(placed.get(id) ?? alone),
  }))
}
