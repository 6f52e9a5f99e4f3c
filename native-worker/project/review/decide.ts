import type { SampleId } from '../../../contract/ids.ts'
import type { RejectReason, ReviewAction, Sample } from '../../../contract/samples.ts'
import { ensureInspector } from '../storage/inspectors.ts'
import { inTransaction } from '../storage/query.ts'
import { getSample } from '../storage/samples.ts'
import type { Project } from '../open-project.ts'
import { assertPictureIntact } from './assert-picture-intact.ts'
import { recordDecisions } from './record-decisions.ts'
import { stateAfter } from './state-after.ts'

interface DecideOptions {
  readonly sampleIds: readonly SampleId[]
  readonly action: ReviewAction
  /** Why it is rejected; `unspecified` unless given. An acceptance has none. */
  readonly reason?: RejectReason
  readonly by: string
}

/**
 * Accepts or rejects samples: all of them or, where one is unknown, none. Durable when it returns, whatever happens next.
 * A sample may be decided again; the newest decision counts. What is accepted is what the inspector could see: nothing is
 * where a picture is gone (`image_missing`) or holds other bytes than were recorded (`image_changed`). Throws
 * `sample_not_found`.
 */
export const decide = (
  { db, imagesFolder }: Pick<Project, 'db' | 'imagesFolder'>,
  { sampleIds, action, reason = 'unspecified', by }: DecideOptions,
): Sample[] =>
  inTransaction(db, () => {
    const unique = [...new Set(sampleIds)]
    if (action === 'accept') for (const sampleId of unique) assertPictureIntact(imagesFolder, getSample(db, sampleId))
    const why = action === 'reject' ? reason : null
    return recordDecisions(db, {
      inspectorId: ensureInspector(db, by),
      inspectorName: by,
      drafts: unique.map((sampleId) => ({
        sampleId,
        action,
        reason: why,
        undoes: null,
        result: (id) => stateAfter({ id, action, reason: why }),
      })),
    })
  })
