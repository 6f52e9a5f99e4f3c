import { protocol } from 'electron'

/** Standard, secure schemes; neither may be reached by plain `fetch` from another origin. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    { scheme: 'media', privileges: { standard: true, secure: true } },
  ])
}
