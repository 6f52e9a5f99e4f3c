import type { ExportPlan, ExportPlanClass } from '../../../contract/export.ts'
import type { ImagesClient } from '../../../contract/images.ts'
import type { Sha256 } from '../../../contract/ids.ts'
import type { Project } from '../open-project.ts'
import { listAcceptedSamples } from '../storage/samples.ts'
import type { ExportWish, SampleOrder } from './draft-export.ts'

/**
 * The classes that have more accepted samples than the export takes, so that somebody has to say which. None where a verdict is followed,
 * which has an order of its own.
 */
export const classesToOrder = ({ classes }: ExportPlan, { target }: ExportWish): readonly ExportPlanClass[] =>
  target === 'recommended' ? [] : classes.filter(({ synthetic, accepted }) => synthetic > 0 && accepted > synthetic)

/** Which samples of each class first: chosen for spread, weighted by their quality where they were scored. */
export async function orderSamples(
  { db, size, imagesFolder }: Project,
  { images, classes }: { readonly images: Pick<ImagesClient, 'rank'>; readonly classes: readonly ExportPlanClass[] },
): Promise<SampleOrder> {
  const order = new Map<Sha256, number>()
  for (const { classId, synthetic } of classes) {
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
