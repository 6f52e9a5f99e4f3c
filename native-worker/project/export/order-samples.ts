import type { ImagesClient } from '../../../contract/images.ts'
import type { Sha256 } from '../../../contract/ids.ts'
import type { Project } from '../open-project.ts'
import { listAcceptedSamples } from '../storage/samples.ts'
import { draftExport } from './draft-export.ts'
import type { ExportWish, SampleOrder } from './draft-export.ts'

/**
 * Of classes that have more accepted samples than the export takes: which of them first. Chosen for spread, since no scores are known
 * yet; where they are, they go with the pictures. Classes all of whose samples are taken are not in it.
 */
export async function orderSamples(
  project: Project,
  { images, wish }: { readonly images: Pick<ImagesClient, 'rank'>; readonly wish: ExportWish },
): Promise<SampleOrder> {
  const { db, size, imagesFolder } = project
  const order = new Map<Sha256, number>()
  for (const { classId, accepted, synthetic } of draftExport(project, wish).plan.classes) {
    if (synthetic === 0 || accepted <= synthetic) continue
    const samples = listAcceptedSamples(db, { classId, size })
    const pictures = samples.map(({ sha256 }) => ({ sha256, score: null }))
    const ranked = await images.rank({ pictures, count: synthetic, imagesFolder })
    ranked.forEach((at, rank) => {
      const sample = samples[at]
      if (sample !== undefined) order.set(sample.sha256, rank)
    })
  }
  return order
}
