import type { PowerSource } from './schedule.ts'

/*
 * Between Electron's main process and the service (utility process). Ports to pages travel beside a `connect`.
 */

export type ToService =
  /** First message: reopen the project that was open before the last service ended. */
  | { readonly kind: 'start'; readonly reopen: string | null }
  | { readonly kind: 'connect' }
  /** Before `start`, and whenever it changes. */
  | { readonly kind: 'power'; readonly source: PowerSource }
  /** Write a last checkpoint, close the database, exit with code 0. */
  | { readonly kind: 'close' }
  /** Prove that database, image child and trainer work in this installation. */
  | { readonly kind: 'smokeTest' }

export type FromService =
  | { readonly kind: 'ready' }
  /** Null when no project is open. Tells main where `media:` finds images, and what to reopen. */
  | { readonly kind: 'projectChanged'; readonly folder: string | null; readonly imagesFolder: string | null }
  /** The machine must not fall asleep while it is true. */
  | { readonly kind: 'trainingChanged'; readonly training: boolean }
  | { readonly kind: 'smokeTested'; readonly lines: readonly string[]; readonly ok: boolean }
