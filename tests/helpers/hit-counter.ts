import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'

/** What a page reached over the network: every connection and every datagram counts, whatever is said over it. */
export interface HitCounter {
  readonly tcpPort: number
  readonly udpPort: number
  hits(): readonly string[]
  close(): void
}

/** Listens on this machine only, on ports of the system's choice. */
export async function countHits(): Promise<HitCounter> {
  const hits: string[] = []
  const tcp = createServer((socket) => {
    hits.push('tcp: connected')
    socket.on('data', (data) => hits.push(`tcp: ${data.toString('latin1').split('\r\n')[0] ?? ''}`))
    socket.on('error', () => undefined)
    socket.end('HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 2\r\n\r\nok')
  })
  const udp = createSocket('udp4', (message) => hits.push(`udp: ${message.length} bytes`))
  tcp.listen(0, '127.0.0.1')
  udp.bind(0, '127.0.0.1')
  await Promise.all([once(tcp, 'listening'), once(udp, 'listening')])
  return {
    tcpPort: (tcp.address() as AddressInfo).port,
    udpPort: udp.address().port,
    hits: () => [...hits],
    close: () => {
      tcp.close()
      udp.close()
    },
  }
}
