import * as v from 'valibot'
import type { BrowserWindow } from 'electron'
import { ipcMain } from 'electron'
import { FlawsmithError } from '../../contract/errors.ts'
import { FolderPath } from '../../contract/project.ts'
import type { ShellInput, ShellOutput, ShellVerb } from '../../contract/shell.ts'
import { dropChannel, shellSchemas } from '../../contract/shell.ts'
import { isOwnFrame } from './is-own-frame.ts'

/** The one place where `ipcMain` is used: checks the sender, then the input, then answers. */
export function onShellRequest<V extends ShellVerb>(
  verb: V,
  { window, answer }: { window: BrowserWindow; answer: (input: ShellInput<V>) => Promise<ShellOutput<V>> },
): void {
  onChannel(verb, { window, schema: shellSchemas[verb] as v.GenericSchema<unknown, ShellInput<V>>, answer })
}

/** A folder that the preload script saw dropped on the window. */
export function onDrop({ window, answer }: { window: BrowserWindow; answer: (folder: string) => Promise<void> }): void {
  onChannel(dropChannel, { window, schema: FolderPath, answer })
}

function onChannel<Input, Output>(
  channel: string,
  {
    window,
    schema,
    answer,
  }: {
    window: BrowserWindow
    schema: v.GenericSchema<unknown, Input>
    answer: (input: Input) => Promise<Output>
  },
): void {
  ipcMain.handle(channel, async (event, input: unknown) => {
    if (!isOwnFrame({ frame: event.senderFrame, window })) {
      throw new FlawsmithError('invalid_request', `${channel} was asked by a frame that is not ours`)
    }
    const checked = v.safeParse(schema, input)
    if (!checked.success) throw new FlawsmithError('invalid_request', `${channel}: ${v.summarize(checked.issues)}`)
    return answer(checked.output)
  })
}
