import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { TrainingSchedule, noSchedule } from '../../../contract/schedule.ts'
import { withStorageFailures } from '../../files/storage-failure.ts'
import type { Log } from '../log.ts'

/** The rules for training, beside the list of recent projects: they belong to the machine, not to a project. */
export class ScheduleFile {
  readonly #folder: string
  readonly #log: Log

  constructor({ dataFolder, log }: { dataFolder: string; log: Log }) {
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

  /** @throws FlawsmithError `disk_full`, `folder_not_writable`. */
  write(schedule: TrainingSchedule): void {
    withStorageFailures(this.#folder, () => {
      this.#write(schedule)
    })
  }

  #write(schedule: TrainingSchedule): void {
    mkdirSync(this.#folder, { recursive: true })
    const unfinished = `${this.#path}.${process.pid}`
    const file = openSync(unfinished, 'w')
    try {
      writeSync(file, JSON.stringify(schedule, null, 2))
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(unfinished, this.#path)
  }

  get #path(): string {
    return join(this.#folder, 'schedule.json')
  }
}
