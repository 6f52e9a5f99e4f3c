import type { Failure } from '../../contract/errors.ts'
import { visibleJson, visibleText } from '../../contract/visible-text.ts'

const progressIntervalMs = 1000

/**
 * Where a command speaks: its result on stdout (one JSON document with `--json`), everything else on stderr. The edge
 * where names of files, classes and people become text on a screen: nothing in them steers the terminal.
 */
export class Terminal {
  readonly json: boolean
  #progressedAt = 0

  constructor({ json }: { json: boolean }) {
    this.json = json
  }

  /** The command's result: `value` as JSON, or `lines` for people. */
  result(value: unknown, lines: readonly string[]): void {
    process.stdout.write(this.json ? jsonLine(value) : lines.map((line) => `${visibleText(line)}\n`).join(''))
  }

  fail(failure: Failure): void {
    if (this.json) process.stdout.write(jsonLine({ error: failure }))
    this.log(`error ${failure.code}: ${failure.message}`)
  }

  log(line: string): void {
    process.stderr.write(`${visibleText(line)}\n`)
  }

  /** Text of our own, such as help or a stack, line by line. */
  logLines(text: string): void {
    for (const line of text.trimEnd().split('\n')) this.log(line)
  }

  /** A line about work under way, at most one a second. */
  progress(line: () => string): void {
    const now = Date.now()
    if (now - this.#progressedAt < progressIntervalMs) return
    this.#progressedAt = now
    this.log(line())
  }
}

const jsonLine = (value: unknown): string => `${visibleJson(JSON.stringify(value))}\n`
