import * as v from 'valibot'
import { FolderPath } from './project.ts'
import { PowerSource } from './schedule.ts'

/*
 * Between Electron's main process and the service (utility process). Ports to pages travel beside a `connect`.
 */

export const ToService = v.variant('kind', [
  /** First message: reopen the project that was open before the last service ended. */
  v.strictObject({ kind: v.literal('start'), reopen: v.nullable(FolderPath) }),
  v.strictObject({ kind: v.literal('connect') }),
  /** Before `start`, and whenever it changes. */
  v.strictObject({ kind: v.literal('power'), source: PowerSource }),
  /** Write a last checkpoint, close the database, exit with code 0. */
  v.strictObject({ kind: v.literal('close') }),
  /** Prove with a whole small job that this installation works; `keepIn` names an unused folder for it, else nothing is left. */
  v.strictObject({ kind: v.literal('smokeTest'), keepIn: v.nullable(FolderPath) }),
])
export type ToService = Readonly<v.InferOutput<typeof ToService>>

export const FromService = v.variant('kind', [
  v.strictObject({ kind: v.literal('ready') }),
  /** Null when no project is open. Tells main where `media:` finds images, and what to reopen. */
  v.strictObject({
    kind: v.literal('projectChanged'),
    folder: v.nullable(FolderPath),
    imagesFolder: v.nullable(FolderPath),
  }),
  /** The machine must not fall asleep while it is true. */
  v.strictObject({ kind: v.literal('trainingChanged'), training: v.boolean() }),
  v.strictObject({ kind: v.literal('smokeTestSaid'), line: v.string() }),
  v.strictObject({ kind: v.literal('smokeTested'), ok: v.boolean() }),
])
export type FromService = Readonly<v.InferOutput<typeof FromService>>
