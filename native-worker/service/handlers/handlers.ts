import type { RequestInput, RequestOutput, Verb } from '../../../contract/service.ts'

/** Answers one request. Long work belongs in a job; `signal` fires when the client cancels or goes away. */
export type Handler<V extends Verb> = (
  input: RequestInput<V>,
  options: { readonly signal: AbortSignal },
) => RequestOutput<V> | Promise<RequestOutput<V>>

export type Handlers<V extends Verb = Verb> = { readonly [Name in V]: Handler<Name> }

/** The verbs of one noun: `runs.start`, `runs.stop`, … */
export type VerbsOf<Noun extends string> = Extract<Verb, `${Noun}.${string}`>
