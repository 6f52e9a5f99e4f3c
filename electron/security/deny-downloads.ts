import { session } from 'electron'

/** The page has nothing to save: what it writes, the service writes. */
export function denyDownloads(): void {
  session.defaultSession.on('will-download', (event) => {
    event.preventDefault()
  })
}
