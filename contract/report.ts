import * as v from 'valibot'
import { FolderPath } from './project.ts'
import type { UpliftChange, UpliftFinding } from './uplift.ts'

export const ReportLanguage = v.picklist(['en', 'zh'])
export type ReportLanguage = v.InferOutput<typeof ReportLanguage>

export const ReportWish = v.strictObject({
  /** Must not exist yet. */
  folder: FolderPath,
  language: ReportLanguage,
  /** The same page as a PDF beside it. */
  pdf: v.boolean(),
})
export type ReportWish = Readonly<v.InferOutput<typeof ReportWish>>

/** A report that was written. */
export interface ReportOutcome {
  readonly out: string
  /** Names of what lies in it. */
  readonly files: readonly string[]
  /** What it says first; null where nothing was ever measured. */
  readonly overall: UpliftFinding | null
  /** What has changed since its verdict. */
  readonly changed: readonly UpliftChange[]
}
