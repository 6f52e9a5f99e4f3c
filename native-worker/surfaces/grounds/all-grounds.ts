import { brushed } from './brushed.ts'
import { cast } from './cast.ts'
import { clouded } from './clouded.ts'
import { corrugated } from './corrugated.ts'
import { crossHatched } from './cross-hatched.ts'
import { drops } from './drops.ts'
import { embossed } from './embossed.ts'
import { fibrous } from './fibrous.ts'
import { foam } from './foam.ts'
import { glazed } from './glazed.ts'
import { grain } from './grain.ts'
import { groundArcs } from './ground-arcs.ts'
import type { Ground } from './ground.ts'
import { hammered } from './hammered.ts'
import { knitted } from './knitted.ts'
import { knurled } from './knurled.ts'
import { leather } from './leather.ts'
import { lettered } from './lettered.ts'
import { lined } from './lined.ts'
import { marbled } from './marbled.ts'
import { meshed } from './meshed.ts'
import { orangePeel } from './orange-peel.ts'
import { panel } from './panel.ts'
import { perforated } from './perforated.ts'
import { printedDots } from './printed-dots.ts'
import { rings } from './rings.ts'
import { rolled } from './rolled.ts'
import { smooth } from './smooth.ts'
import { spangled } from './spangled.ts'
import { terrazzo } from './terrazzo.ts'
import { threaded } from './threaded.ts'
import { tiled } from './tiled.ts'
import { traces } from './traces.ts'
import { twill } from './twill.ts'
import { wood } from './wood.ts'
import { woven } from './woven.ts'

/** Every kind of background, by its name. */
export const allGrounds: readonly (readonly [string, Ground])[] = [
  ['brushed', brushed],
  ['cast', cast],
  ['clouded', clouded],
  ['corrugated', corrugated],
  ['cross-hatched', crossHatched],
  ['drops', drops],
  ['embossed', embossed],
  ['fibrous', fibrous],
  ['foam', foam],
  ['glazed', glazed],
  ['grain', grain],
  ['ground-arcs', groundArcs],
  ['hammered', hammered],
  ['knitted', knitted],
  ['knurled', knurled],
  ['leather', leather],
  ['lettered', lettered],
  ['lined', lined],
  ['marbled', marbled],
  ['meshed', meshed],
  ['orange-peel', orangePeel],
  ['panel', panel],
  ['perforated', perforated],
  ['printed-dots', printedDots],
  ['rings', rings],
  ['rolled', rolled],
  ['smooth', smooth],
  ['spangled', spangled],
  ['terrazzo', terrazzo],
  ['threaded', threaded],
  ['tiled', tiled],
  ['traces', traces],
  ['twill', twill],
  ['wood', wood],
  ['woven', woven],
]
