import type { DatasetSummary } from '../../contract/dataset.ts'
import { summarizeDataset } from '../project/storage/classes.ts'
import type { Db } from '../project/storage/query.ts'
import { countReviews } from '../project/storage/samples.ts'
import type { EventHub } from './ports/event-hub.ts'

/** Tells every window what the data set is now, after whatever changed it. */
export function announceDataset(events: EventHub, db: Db): DatasetSummary {
  const summary = summarizeDataset(db)
  events.emit('dataset.changed', summary)
  // Targets follow what trains.
  events.emit('samples.changed', countReviews(db))
  return summary
}
