import type { ShellBridge } from '../../contract/shell.ts'
import { portMessage } from '../../contract/shell.ts'

/** Asks main for a fresh channel to the service. The port arrives as a window message that carries our nonce. */
export async function requestPort(shell: ShellBridge): Promise<MessagePort> {
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
  const stopWaiting = new AbortController()
  const arrived = new Promise<MessagePort>((resolve) => {
    const onMessage = ({ data, ports, source }: MessageEvent<Readonly<Record<string, unknown>> | null>): void => {
      const port = ports[0]
      if (source !== window || data?.[portMessage] !== nonce || port === undefined) return
      stopWaiting.abort()
      resolve(port)
    }
    window.addEventListener('message', onMessage, { signal: stopWaiting.signal })
  })
  try {
    await shell.invoke('shell.connect', { nonce })
  } catch (thrown) {
    stopWaiting.abort()
    throw thrown
  }
  return arrived
}
