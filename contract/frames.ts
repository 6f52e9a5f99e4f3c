import * as v from 'valibot'
import type { Failure } from './errors.ts'
import type { EventName, ServiceEvents } from './service.ts'

/** What a client sends over its port. The verb and its input are checked one step later, by name. */
export const ClientFrame = v.variant('kind', [
  v.strictObject({
    kind: v.literal('request'),
    id: v.pipe(v.number(), v.integer(), v.minValue(0)),
    verb: v.pipe(v.string(), v.maxLength(60)),
    input: v.unknown(),
  }),
  v.strictObject({ kind: v.literal('cancel'), id: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
])
export type ClientFrame = v.InferOutput<typeof ClientFrame>

export type ServiceFrame =
  | { readonly kind: 'response'; readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly kind: 'response'; readonly id: number; readonly ok: false; readonly failure: Failure }
  | {
      readonly [Name in EventName]: {
        readonly kind: 'event'
        readonly name: Name
        readonly payload: ServiceEvents[Name]
      }
    }[EventName]
