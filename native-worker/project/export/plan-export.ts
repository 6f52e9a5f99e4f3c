import type { ExportPlan } from '../../../contract/export.ts'
import type { Project } from '../open-project.ts'
import { draftExport } from './draft-export.ts'
import type { ExportWish } from './draft-export.ts'

/** What an export would hold, class by class, without writing anything. */
export const planExport = (project: Project, wish: ExportWish): ExportPlan => draftExport(project, wish).plan
