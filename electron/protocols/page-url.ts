import { app } from 'electron'

export const appOrigin = 'app://flawsmith'

/** The page's address: our own scheme, or the development server that `npm run dev` names. */
export function pageUrl(): string {
  const developmentUrl = process.env['ELECTRON_RENDERER_URL']
  return !app.isPackaged && developmentUrl !== undefined ? developmentUrl : `${appOrigin}/index.html`
}

/** The only origin whose messages are answered. */
export function pageOrigin(): string {
  const url = new URL(pageUrl())
  // `origin` of a URL with a scheme unknown to the URL standard is "null".
  return `${url.protocol}//${url.host}`
}
