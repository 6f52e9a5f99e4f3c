import type { RunId } from '../../../contract/ids.ts'
import type { RunOrigin } from '../../../contract/run-origin.ts'
import { readRunOrigin } from '../storage/run-origins.ts'
import type { Db } from '../storage/query.ts'
import type { ExportPicture } from './draft-export.ts'

/** A run that drew some of an export. */
export interface ExportedRun {
  readonly run: RunId
  readonly recipe: string
  /** The run that it started from, of this or another project; null for every other start. */
  readonly origin: RunOrigin | null
}

/** The runs that drew what is in an export, by their numbers. */
export function runsInExport(db: Db, pictures: readonly Pick<ExportPicture, 'origin'>[]): readonly ExportedRun[] {
  const recipes = new Map(
    pictures.flatMap(({ origin }) => (origin.kind === 'synthetic' ? [[origin.runId, origin.recipe] as const] : [])),
  )
  return [...recipes]
    .map(([run, recipe]) => ({ run, recipe, origin: readRunOrigin(db, run) }))
    .sort((a, b) => a.run - b.run)
}
