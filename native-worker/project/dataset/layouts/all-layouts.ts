import type { LayoutName } from '../../../../contract/layouts.ts'
import { classes } from './classes.ts'
import { ownExport } from './own-export.ts'
import { flat } from './flat.ts'
import type { Layout } from './layout.ts'
import { mvtec } from './mvtec.ts'
import { splits } from './splits.ts'

/** Every layout by the name that the contract and `--layout` know it by, the most special first. */
export const layouts: Readonly<Record<LayoutName, Layout>> = { export: ownExport, mvtec, splits, classes, flat }
