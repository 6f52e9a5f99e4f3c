import { block } from './block.ts'
import { bubbles } from './bubbles.ts'
import { burn } from './burn.ts'
import { chatter } from './chatter.ts'
import { chip } from './chip.ts'
import { clusters } from './clusters.ts'
import { crack } from './crack.ts'
import { craze } from './craze.ts'
import { delamination } from './delamination.ts'
import { dent } from './dent.ts'
import { edge } from './edge.ts'
import { fibre } from './fibre.ts'
import type { Flaw } from './flaw.ts'
import { gouge } from './gouge.ts'
import { hole } from './hole.ts'
import { imprint } from './imprint.ts'
import { inclusion } from './inclusion.ts'
import { missingPrint } from './missing-print.ts'
import { none } from './none.ts'
import { patch } from './patch.ts'
import { pits } from './pits.ts'
import { run } from './run.ts'
import { scale } from './scale.ts'
import { scratch } from './scratch.ts'
import { shard } from './shard.ts'
import { smear } from './smear.ts'
import { spatter } from './spatter.ts'
import { specks } from './specks.ts'
import { stain } from './stain.ts'
import { streaks } from './streaks.ts'
import { wave } from './wave.ts'
import { wrinkle } from './wrinkle.ts'

/** Every kind of defect, by its name; `none` is one of them. */
export const allFlaws: readonly (readonly [string, Flaw])[] = [
  ['block', block],
  ['bubbles', bubbles],
  ['burn', burn],
  ['chatter', chatter],
  ['chip', chip],
  ['clusters', clusters],
  ['crack', crack],
  ['craze', craze],
  ['delamination', delamination],
  ['dent', dent],
  ['edge', edge],
  ['fibre', fibre],
  ['gouge', gouge],
  ['hole', hole],
  ['imprint', imprint],
  ['inclusion', inclusion],
  ['missing-print', missingPrint],
  ['none', none],
  ['patch', patch],
  ['pits', pits],
  ['run', run],
  ['scale', scale],
  ['scratch', scratch],
  ['shard', shard],
  ['smear', smear],
  ['spatter', spatter],
  ['specks', specks],
  ['stain', stain],
  ['streaks', streaks],
  ['wave', wave],
  ['wrinkle', wrinkle],
]
