import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { imagePath } from '../../contract/image-path.ts'
import type { Sha256 } from '../../contract/ids.ts'
import { fileInside } from './file-inside.ts'

const hashPath = /^\/([0-9a-f]{64})$/

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Drawn in place of a file that is not what its name says: nobody may decide on a picture that is another one. */
const brokenPicture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <rect width="64" height="64" fill="#808080"/>
  <path d="M12 12 52 52M52 12 12 52" stroke="#c62828" stroke-width="6" stroke-linecap="round"/>
</svg>`

const wrongPicture = (): Response =>
  new Response(brokenPicture, {
    status: 410,
    headers: { 'content-type': 'image/svg+xml', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' },
  })

type MediaHost = 'image' | 'frame'
const isMediaHost = (host: string): host is MediaHost => host === 'image' || host === 'frame'

/**
 * `media://image/<sha256>`: a stored PNG of the open project; `media://frame/<sha256>`: a part of a frame that was made for looking.
 * A hash is the only thing it takes, and bytes with that hash the only thing it gives.
 */
export function serveMedia(folders: Readonly<Record<MediaHost, () => string | null>>): void {
  protocol.handle('media', async (request) => {
    const url = new URL(request.url)
    const match = hashPath.exec(url.pathname)
    const folder = isMediaHost(url.host) ? folders[url.host]() : null
    if (request.method !== 'GET' || url.search !== '' || match === null || folder === null) {
      return new Response(null, { status: 404 })
    }
    const sha256 = match[1] as Sha256
    const file = await fileInside(folder, imagePath(sha256))
    if (file === null) return new Response(null, { status: 404 })
    const bytes = await readFile(file)
    if (sha256Of(bytes) !== sha256) return wrongPicture()
    return new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': 'image/png',
        'x-content-type-options': 'nosniff',
        // The address is the content's hash: it can never change.
        'cache-control': 'max-age=31536000, immutable',
      },
    })
  })
}
