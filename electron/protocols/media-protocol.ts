import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { imagePath } from '../../contract/image-path.ts'
import type { Sha256 } from '../../contract/ids.ts'
import { fileInside } from './file-inside.ts'

const hashPath = /^\/([0-9a-f]{64})$/

/** `media://image/<sha256>`: a stored PNG of the open project. A hash is the only thing it takes. */
export function serveMedia({ imagesFolder }: { imagesFolder: () => string | null }): void {
  protocol.handle('media', async (request) => {
    const url = new URL(request.url)
    const match = hashPath.exec(url.pathname)
    const folder = imagesFolder()
    if (request.method !== 'GET' || url.host !== 'image' || url.search !== '' || match === null || folder === null) {
      return new Response(null, { status: 404 })
    }
    const file = await fileInside(folder, imagePath(match[1] as Sha256))
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
