import type { ImagesClient } from '../../../contract/images.ts'
import type { Sha256 } from '../../../contract/ids.ts'
import type { Project } from '../open-project.ts'
import { listAcceptedSamples } from '../storage/samples.ts'
import { draftExport } from './draft-export.ts'
import type { ExportWish, SampleOrder } from './draft-export.ts'

/**
 * Of classes that have more accepted samples than the export takes: which of them first. Chosen for spread, weighted by their quality
 * where they were scored. Classes all of whose samples are taken are not in it; none is where a verdict is followed, which has an
 * order of its own.
 */
export async function orderSamples(
  project: Project,
  { images, wish }: { readonly images: Pick<ImagesClient, 'rank'>; readonly wish: ExportWish },
): Promise<SampleOrder> {
  const { db, size, imagesFolder } = project
  const order = new Map<Sha256, number>()
  if (wish.target === 'recommended') return order
  for (const { classId, accepted, synthetic } of draftExport(project, wish).plan.classes) {
    if (synthetic === 0 || accepted <= synthetic) continue
    const samples = listAcceptedSamples(db, { classId, size })
    const known = samples.flatMap(({ quality }) => quality ?? [])
    // Where only some were scored, the others are taken for as good as these on average.
    const usual = known.length === 0 ? null : known.reduce((sum, quality) => sum + quality, 0) / known.length
    const pictures = samples.map(({ sha256, quality }) => ({ sha256, score: quality ?? usual }))
    const ranked = await images.rank({ pictures, count: synthetic, imagesFolder })
    ranked.forEach((at, rank) => {
      const sample = samples[at]
      if (sample !== undefined) order.set(sample.sha256, rank)
    })
  }
  return order
}
