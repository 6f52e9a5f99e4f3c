/** One line for the person at the terminal. Always stderr: stdout belongs to the command's result. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
