import * as v from 'valibot'

/** What the page may ask of Electron's main process: windows, dialogs and the way to the service. Nothing else. */
export const shellSchemas = {
  /** Native folder dialog. Null when the user cancels. The folder for exports is proposed again at the next start. */
  'shell.chooseFolder': v.strictObject({
    title: v.pipe(v.string(), v.maxLength(200)),
    use: v.picklist(['open', 'new-project', 'export']),
  }),
  /** Native dialog for pictures; empty when the user cancels. The page may have these very files read. */
  'shell.chooseImages': v.strictObject({ title: v.pipe(v.string(), v.maxLength(200)) }),
  /** Shows the open project's folder, one of its exports or reports or one of Flawsmith's own folders in the file manager; refuses any other. */
  'shell.showFolder': v.strictObject({ folder: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)) }),
  /** Opens the report of one of the open project's exports, or one that was just written, in the browser; refuses any other file. */
  'shell.openReport': v.strictObject({ folder: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)) }),
  /** Follow the system, or force one theme (native dialogs and `prefers-color-scheme` follow). */
  'shell.setTheme': v.strictObject({ theme: v.picklist(['system', 'light', 'dark']) }),
  /** A fresh port to the service, delivered as a window message that carries the same nonce. */
  'shell.connect': v.strictObject({ nonce: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)) }),
  /** Ends a service that does not answer, and starts another one. */
  'shell.restartService': v.strictObject({}),
  /** The answer to `onCloseAsked`: the user wants the window closed all the same. */
  'shell.closeWindow': v.strictObject({}),
  'shell.describe': v.strictObject({}),
} satisfies Record<string, v.GenericSchema>

export type ShellVerb = keyof typeof shellSchemas
export type ShellInput<V extends ShellVerb> = v.InferOutput<(typeof shellSchemas)[V]>

export interface ShellOutputs {
  'shell.chooseFolder': string | null
  'shell.chooseImages': readonly string[]
  'shell.showFolder': null
  'shell.openReport': null
  'shell.setTheme': null
  'shell.connect': null
  'shell.restartService': null
  'shell.closeWindow': null
  'shell.describe': {
    readonly version: string
    readonly electron: string
    readonly locale: string
    /** Where new projects are proposed, e.g. ~/Flawsmith. */
    readonly projectsFolder: string
    /** Where new exports are proposed: the folder chosen last. */
    readonly exportsFolder: string
  }
}
export type ShellOutput<V extends ShellVerb> = ShellOutputs[V]

/** What the preload script puts on `window.flawsmith`. */
export interface ShellBridge {
  invoke<V extends ShellVerb>(verb: V, input: ShellInput<V>): Promise<ShellOutput<V>>
  /** The path of a folder dropped on the window, from which may now be imported; null for a file that was not dropped. */
  receiveDrop(file: File): Promise<string | null>
  /** Draws the page larger or smaller; 1 is as designed. */
  setZoom(factor: number): void
  /** The service ended (and restarts by itself unless it did so too often); connect again. */
  onServiceLost(listener: (state: { readonly restarting: boolean }) => void): void
  /** Since when (ISO 8601) the service has not answered; null when it answers again. */
  onServiceSilent(listener: (state: { readonly since: string | null }) => void): void
  /** The user closes the window while a run trains: ask, then `shell.closeWindow`, or let it be. */
  onCloseAsked(listener: () => void): void
}

/** Not among the requests of the page: only the preload script, which reads the path from the drop itself, may send it. */
export const dropChannel = 'flawsmith:dropped'

/** `window.postMessage` data that carries the port: `{ [portMessage]: nonce }`. */
export const portMessage = 'flawsmith:port'
