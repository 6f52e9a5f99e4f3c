import type { Failure } from '../../contract/errors.ts'

const progressIntervalMs = 1000

/** Where a command speaks: its result on stdout (one JSON document with `--json`), everything else on stderr. */
export class Terminal {
  readonly json: boolean
  #progressedAt = 0

  constructor({ json }: { json: boolean }) {
    this.json = json
  }

  /** The command's result: `value` as JSON, or `lines` for people. */
  result(value: unknown, lines: readonly string[]): void {
    process.stdout.write(this.json ? `${JSON.stringify(value)}\n` : lines.map((line) => `${line}\n`).join(''))
  }

  fail(failure: Failure): void {
    if (this.json) process.stdout.write(`${JSON.stringify({ error: failure })}\n`)
    this.log(`error ${failure.code}: ${failure.message}`)
  }

  log(line: string): void {
    process.stderr.write(`${line}\n`)
  }

  /** A line about work under way, at most one a second. */
  progress(line: () => string): void {
    const now = Date.now()
    if (now - this.#progressedAt < progressIntervalMs) return
    this.#progressedAt = now
    this.log(line())
  }
}
