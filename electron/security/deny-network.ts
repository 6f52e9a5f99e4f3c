import { app, session } from 'electron'
import { pageOrigin } from '../protocols/page-url.ts'

const localSchemes = ['app:', 'media:', 'data:', 'blob:', 'devtools:']

/**
 * Flawsmith works offline: names and addresses do not resolve, every request that is not ours is cancelled, and WebRTC, which makes
 * none, has no socket to use.
 */
export const denyNetwork = {
  beforeReady(): void {
    const developing = process.env['ELECTRON_RENDERER_URL'] !== undefined
    app.commandLine.appendSwitch('disable-background-networking')
    app.commandLine.appendSwitch('disable-component-update')
    app.commandLine.appendSwitch('disable-domain-reliability')
    app.commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp')
    app.commandLine.appendSwitch('host-resolver-rules', `MAP * ~NOTFOUND${developing ? ', EXCLUDE localhost' : ''}`)
  },

  whenReady(): void {
    session.defaultSession.webRequest.onBeforeRequest((details, decide) => {
      const { protocol, origin, host } = new URL(details.url)
      const ofDevelopmentServer =
        pageOrigin().startsWith('http') && (origin === pageOrigin() || pageOrigin().endsWith(host))
      decide({ cancel: !localSchemes.includes(protocol) && !ofDevelopmentServer })
    })
  },
}
