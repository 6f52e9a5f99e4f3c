import type { ServiceContext } from '../service-context.ts'
import type { Handlers, VerbsOf } from './handlers.ts'

export const scheduleHandlers = ({ schedule }: ServiceContext): Handlers<VerbsOf<'schedule'>> => ({
  'schedule.get': () => schedule.state(),
  'schedule.set': (rules) => schedule.set(rules),
})
