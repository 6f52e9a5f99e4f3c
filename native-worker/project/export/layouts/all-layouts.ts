import type { ExportLayout } from '../../../../contract/export.ts'
import { imagefolder } from './imagefolder.ts'
import type { Layout } from './layout.ts'

/** Every layout by the name that the contract and `--layout` know it by: the type asks for one row a name. */
export const layouts: Readonly<Record<ExportLayout, Layout>> = { imagefolder }
