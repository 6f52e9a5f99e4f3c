import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ClientFrame, ServiceFrame } from '../../../../contract/frames.ts'
import type { EventFrame } from '../../../../renderer/bridge/rpc-client.ts'
import { RpcClient } from '../../../../renderer/bridge/rpc-client.ts'

let channel: MessageChannel
let client: RpcClient
let events: EventFrame[]
let received: ClientFrame[]
/** Answers the service's end gives, in order of arrival; null leaves a request open. */
let answer: (frame: ClientFrame) => ServiceFrame | null

const arrival = async (count: number): Promise<void> => {
  while (received.length < count) await new Promise((resolve) => setImmediate(resolve))
}

beforeEach(() => {
  channel = new MessageChannel()
  events = []
  received = []
  answer = () => null
  channel.port2.addEventListener('message', ({ data }: MessageEvent<ClientFrame>) => {
    received.push(data)
    const frame = answer(data)
    if (frame !== null) channel.port2.postMessage(frame)
  })
  channel.port2.start()
  client = new RpcClient(channel.port1, { onEvent: (frame) => events.push(frame) })
})
afterEach(() => {
  client.close()
  channel.port2.close()
})

describe('RpcClient over a message channel', () => {
  test('answers reach the request they belong to, in any order', async () => {
    const held: ClientFrame[] = []
    answer = (frame) => {
      held.push(frame)
      if (held.length < 2) return null
      for (const { id } of held.toReversed()) {
        channel.port2.postMessage({ kind: 'response', id, ok: true, value: id } satisfies ServiceFrame)
      }
      return null
    }
    const [first, second] = await Promise.all([
      client.request('projects.current', {}),
      client.request('projects.recent', {}),
    ])
    expect([first, second]).toEqual([1, 2])
    expect(received[0]).toEqual({ kind: 'request', id: 1, verb: 'projects.current', input: {} })
  })

  test('a failure arrives with its code and details', async () => {
    answer = ({ id }) => ({
      kind: 'response',
      id,
      ok: false,
      failure: { code: 'project_in_use', message: 'in use', details: { folder: '/p' } },
    })
    await expect(client.request('projects.open', { folder: '/p' })).rejects.toMatchObject({
      code: 'project_in_use',
      details: { folder: '/p' },
    })
  })

  test('aborting tells the service once, and the answer still decides', async () => {
    const abort = new AbortController()
    answer = (frame) =>
      frame.kind === 'cancel'
        ? { kind: 'response', id: frame.id, ok: false, failure: { code: 'cancelled', message: '', details: {} } }
        : null
    const request = client.request('app.doctor', {}, abort.signal)
    abort.abort()
    await expect(request).rejects.toMatchObject({ code: 'cancelled' })
    expect(received).toMatchObject([{ kind: 'request' }, { kind: 'cancel', id: 1 }])
  })

  test('events are passed on', async () => {
    const event: ServiceFrame = { kind: 'event', name: 'projects.closed', payload: null }
    channel.port2.postMessage(event)
    while (events.length === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(events).toEqual([event])
  })

  test('closing fails what is in flight and everything after it', async () => {
    const request = client.request('projects.recent', {})
    const failed = expect(request).rejects.toMatchObject({ code: 'service_unavailable' })
    await arrival(1)
    client.close()
    await failed
    await expect(client.request('projects.recent', {})).rejects.toMatchObject({ code: 'service_unavailable' })
  })

  test('an answer nobody waits for is ignored', async () => {
    channel.port2.postMessage({ kind: 'response', id: 99, ok: true, value: 1 } satisfies ServiceFrame)
    answer = ({ id }) => ({ kind: 'response', id, ok: true, value: 'mine' })
    await expect(client.request('projects.recent', {})).resolves.toBe('mine')
  })
})
