import * as v from 'valibot'
import { FolderPath } from './project.ts'
import { PowerSource } from './schedule.ts'

/*
 * Between Electron's main process and the service (utility process). Ports to pages travel beside a `connect`.
 */

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** More than an export a day for two years. */
export const maxShownFolders = 1000

/** What the page may do with a folder and what lies in it: open, import, check; or also create a project or an export there. */
export const FolderGrant = v.strictObject({ folder: FolderPath, use: v.picklist(['read', 'write']) })
export type FolderGrant = Readonly<v.InferOutput<typeof FolderGrant>>

export const ToService = v.variant('kind', [
  /** First message: reopen the project that was open when the last service, or the app, ended. */
  v.strictObject({ kind: v.literal('start'), reopen: v.nullable(FolderPath) }),
  v.strictObject({ kind: v.literal('connect') }),
  /** The user named this folder in a dialog or dropped it on the window. Answered with `granted`, so that no request overtakes it. */
  v.strictObject({ kind: v.literal('grant'), id: count, ...FolderGrant.entries }),
  /** Answered with `pong` as soon as the service gets to it. */
  v.strictObject({ kind: v.literal('ping') }),
  /** Before `start`, and whenever it changes. */
  v.strictObject({ kind: v.literal('power'), source: PowerSource }),
  /** Write a last checkpoint, close the database, exit with code 0. */
  v.strictObject({ kind: v.literal('close') }),
  /** The answer to `print`; `problem` is null where the PDF is there. */
  v.strictObject({ kind: v.literal('printed'), id: count, problem: v.nullable(v.string()) }),
  /** Prove with a whole small job that this installation works; `keepIn` names an unused folder for it, else nothing is left. */
  v.strictObject({ kind: v.literal('smokeTest'), keepIn: v.nullable(FolderPath) }),
])
export type ToService = Readonly<v.InferOutput<typeof ToService>>

export const FromService = v.variant('kind', [
  /** Where the service puts what is made for looking at frames, so that `media:` finds it. */
  v.strictObject({ kind: v.literal('ready'), framePicturesFolder: FolderPath }),
  v.strictObject({ kind: v.literal('granted'), id: count }),
  v.strictObject({ kind: v.literal('pong') }),
  /** What may be shown in the file manager: the open project, its exports, Flawsmith's own folders. */
  v.strictObject({
    kind: v.literal('shownFoldersChanged'),
    folders: v.pipe(v.array(FolderPath), v.maxLength(maxShownFolders), v.readonly()),
  }),
  /** Null when no project is open. Tells main where `media:` finds images, and what to reopen. */
  v.strictObject({
    kind: v.literal('projectChanged'),
    folder: v.nullable(FolderPath),
    imagesFolder: v.nullable(FolderPath),
  }),
  /** The machine must not fall asleep while it is true. */
  v.strictObject({ kind: v.literal('trainingChanged'), training: v.boolean() }),
  /** Print a page that the service wrote to a PDF file beside it. */
  v.strictObject({ kind: v.literal('print'), id: count, page: FolderPath, pdf: FolderPath }),
  v.strictObject({ kind: v.literal('smokeTestSaid'), line: v.string() }),
  v.strictObject({ kind: v.literal('smokeTested'), ok: v.boolean() }),
])
export type FromService = Readonly<v.InferOutput<typeof FromService>>
