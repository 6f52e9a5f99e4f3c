import type { Rollback, RunEnd } from '../../../contract/training.ts'
import type { ClassLikeness } from '../../../contract/class-likeness.ts'

/** What the measurements say; shares are 0 to 1. */
export type HealthFinding =
  | { readonly kind: 'likenessEarly' }
  | {
      readonly kind: 'classFlat' | 'classFar' | 'classUnlike' | 'classBlurred' | 'classRising' | 'classUnmeasured'
      readonly worst: ClassLikeness
    }
  | { readonly kind: 'likenessFine'; readonly classes: readonly ClassLikeness[] }
  | { readonly kind: 'lossesEarly' | 'lossesFine' | 'lossesLarge' | 'lossesLost' }
  | { readonly kind: 'lossesRolledBack'; readonly times: number; readonly last: Rollback }
  | { readonly kind: 'balanceEarly' | 'balanceFine' | 'discriminatorAhead' | 'discriminatorWon' | 'discriminatorBlind' }
  | { readonly kind: 'varietyEarly' }
  | {
      readonly kind: 'classThin' | 'classCollapsed' | 'varietyRising' | 'varietyFine'
      readonly className: string
      readonly share: number
      /** Real images compared with; null where a version before this one recorded it. */
      readonly images: number | null
    }
  | { readonly kind: 'varietyUnmeasured'; readonly className: string }
  | { readonly kind: 'coverageFallen'; readonly share: number; readonly bestStep: number }

/** What else of a run decides its health. */
export interface RunOfHealth {
  readonly end: RunEnd | null
  readonly rollbacks: readonly Rollback[]
  readonly classNames: readonly string[]
}
