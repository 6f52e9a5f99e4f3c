import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { protocol } from 'electron'
import { fileInside } from './file-inside.ts'

const hashPath = /^\/([0-9a-f]{2})([0-9a-f]{62})$/

/** `media://image/<sha256>`: a stored PNG of the open project. A hash is the only thing it takes. */
export function serveMedia({ imagesFolder }: { imagesFolder: () => string | null }): void {
  protocol.handle('media', async (request) => {
    const url = new URL(request.url)
    const match = hashPath.exec(url.pathname)
    const folder = imagesFolder()
    if (request.method !== 'GET' || url.host !== 'image' || url.search !== '' || match === null || folder === null) {
      return new Response(null, { status: 404 })
    }
    const [, first = '', rest = ''] = match
    const file = await fileInside(folder, join(first, `${first}${rest}.png`))
    if (file === null) return new Response(null, { status: 404 })
    return new Response(new Uint8Array(await readFile(file)), {
      headers: {
        'content-type': 'image/png',
        'x-content-type-options': 'nosniff',
        // The address is the content's hash: it can never change.
        'cache-control': 'max-age=31536000, immutable',
      },
    })
  })
}
