import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { TrainingSchedule, noSchedule } from '../../../contract/schedule.ts'
import { buildWholeNow } from '../../files/write-whole.ts'
import type { Log } from '../log.ts'
import type { Warnings } from '../warnings.ts'

/** The rules for training, beside the list of recent projects: they belong to the machine, not to a project. */
export class ScheduleFile {
  readonly #folder: string
  readonly #log: Log
  readonly #warnings: Warnings

  constructor({ dataFolder, log, warnings }: { dataFolder: string; log: Log; warnings: Warnings }) {
    this.#warnings = warnings
    this.#folder = dataFolder
    this.#log = log
  }

  /** No rules where there is no file or one that cannot be read: that must not keep the app from starting. */
  read(): TrainingSchedule {
    try {
      return v.parse(TrainingSchedule, JSON.parse(readFileSync(this.#path, 'utf8')))
    } catch (thrown) {
      const isNew = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'
      if (!isNew) this.#log.error({ err: thrown, file: this.#path }, 'the schedule cannot be read')
      return noSchedule
    }
  }

  /** Where the disk takes nothing the rules hold until the app ends, and a warning says so. */
  write(schedule: TrainingSchedule): void {
    try {
      mkdirSync(this.#folder, { recursive: true })
      buildWholeNow(this.#path, (unfinished) => {
        writeFileSync(unfinished, JSON.stringify(schedule, null, 2), { flag: 'wx' })
      })
    } catch (thrown) {
      this.#warnings.ownFolderFailed(thrown, this.#folder)
    }
  }

  get #path(): string {
    return join(this.#folder, 'schedule.json')
  }
}
