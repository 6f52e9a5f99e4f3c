import { say } from './say.ts'

/** Runs a command's main function and ends with its exit code; an error is one message, not a stack. */
export async function runToExit(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main()
  } catch (thrown) {
    say(thrown instanceof Error ? thrown.message : String(thrown))
    process.exitCode = 1
  }
}
