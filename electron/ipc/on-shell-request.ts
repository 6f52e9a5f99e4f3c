import * as v from 'valibot'
import type { BrowserWindow } from 'electron'
import { ipcMain } from 'electron'
import { FlawsmithError } from '../../contract/errors.ts'
import type { ShellInput, ShellOutput, ShellVerb } from '../../contract/shell.ts'
import { shellSchemas } from '../../contract/shell.ts'
import { isOwnFrame } from './is-own-frame.ts'

/** The one place where `ipcMain` is used: checks the sender, then the input, then answers. */
export function onShellRequest<V extends ShellVerb>(
  verb: V,
  { window, answer }: { window: BrowserWindow; answer: (input: ShellInput<V>) => Promise<ShellOutput<V>> },
): void {
  ipcMain.handle(verb, async (event, input: unknown) => {
    if (!isOwnFrame({ frame: event.senderFrame, window })) {
      throw new FlawsmithError('invalid_request', `${verb} was asked by a frame that is not ours`)
    }
    const checked = v.safeParse(shellSchemas[verb], input)
    if (!checked.success) throw new FlawsmithError('invalid_request', `${verb}: ${v.summarize(checked.issues)}`)
    return answer(checked.output)
  })
}
