import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import * as v from 'valibot'
import { FolderPath } from '../../contract/project.ts'

const pixels = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000))

const Session = v.strictObject({
  /** Where the window was when it was not maximised. */
  bounds: v.nullable(v.strictObject({ x: pixels, y: pixels, width: pixels, height: pixels })),
  maximised: v.boolean(),
  /** What was open when the app ended; null where the user had closed it. */
  project: v.nullable(FolderPath),
  /** Chosen last for exports; null where none was. */
  exportsFolder: v.optional(v.nullable(FolderPath), null),
})
type Session = Readonly<v.InferOutput<typeof Session>>

const nothing: Session = { bounds: null, maximised: false, project: null, exportsFolder: null }

/** What the app looked like when it ended, kept beside Chromium's own files. A convenience: it never keeps the app from working. */
export class SessionFile {
  readonly #file = join(app.getPath('userData'), 'session.json')
  #session = this.#read()

  get session(): Session {
    return this.#session
  }

  update(changes: Partial<Session>): void {
    this.#session = { ...this.#session, ...changes }
    try {
      mkdirSync(dirname(this.#file), { recursive: true })
      const unfinished = `${this.#file}.unfinished`
      writeFileSync(unfinished, JSON.stringify(this.#session, null, 2))
      renameSync(unfinished, this.#file)
    } catch (thrown) {
      process.stderr.write(`the window's place is not remembered: ${String(thrown)}\n`)
    }
  }

  #read(): Session {
    try {
      return v.parse(Session, JSON.parse(readFileSync(this.#file, 'utf8')))
    } catch (thrown) {
      const isNew = (thrown as NodeJS.ErrnoException).code === 'ENOENT'
      if (!isNew) process.stderr.write(`the window's place cannot be read: ${String(thrown)}\n`)
      return nothing
    }
  }
}
