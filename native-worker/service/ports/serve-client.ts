import * as v from 'valibot'
import { FlawsmithError, toFailure } from '../../../contract/errors.ts'
import type { ServiceFrame } from '../../../contract/frames.ts'
import { ClientFrame } from '../../../contract/frames.ts'
import type { FolderGrants } from './folder-grants.ts'
import type { Service } from '../service.ts'

/** One end of a two-way message channel, whatever carries it. */
export interface Transport {
  send(frame: ServiceFrame): void
  onMessage(listener: (message: unknown) => void): void
  onClose(listener: () => void): void
}

/**
 * Answers one client: validates frames, runs requests that name no folder but granted ones, passes cancellations on, forwards every event.
 * A client that goes away cancels only what it waited for; jobs and training go on.
 */
export function serveClient({
  service,
  transport,
  grants,
}: {
  service: Service
  transport: Transport
  grants: FolderGrants
}): void {
  const pending = new Map<number, AbortController>()
  const stopListening = service.events.listen(({ name, payload }) => {
    transport.send({ kind: 'event', name, payload } as ServiceFrame)
  })

  const answer = async (frame: ClientFrame & { kind: 'request' }): Promise<ServiceFrame> => {
    const abort = new AbortController()
    pending.set(frame.id, abort)
    try {
      const value = await service.request({
        verb: frame.verb,
        input: frame.input,
        signal: abort.signal,
        admit: (verb, input) => grants.admit(verb, input),
      })
      return { kind: 'response', id: frame.id, ok: true, value }
    } catch (thrown) {
      return { kind: 'response', id: frame.id, ok: false, failure: toFailure(thrown) }
    } finally {
      pending.delete(frame.id)
    }
  }

  transport.onMessage((message) => {
    const checked = v.safeParse(ClientFrame, message)
    if (!checked.success) {
      const failure = toFailure(new FlawsmithError('invalid_request', `Not a frame: ${v.summarize(checked.issues)}`))
      transport.send({ kind: 'response', id: -1, ok: false, failure })
      return
    }
    const frame = checked.output
    if (frame.kind === 'cancel') pending.get(frame.id)?.abort(cancelled())
    else
      void answer(frame).then((response) => {
        transport.send(response)
      })
  })
  transport.onClose(() => {
    stopListening()
    for (const abort of pending.values()) abort.abort(cancelled())
  })
}

/** A reason of ours: what stops because of it is an expected failure, not a fault inside. */
const cancelled = (): FlawsmithError => new FlawsmithError('cancelled', 'Cancelled: nobody waits for it any more.')
