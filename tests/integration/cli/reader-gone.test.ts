import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { cli } from '../../helpers/run-flawsmith.ts'

it('a command whose output nobody reads any more ends as if somebody did', async () => {
  const child = spawn(process.execPath, [cli, 'recipes', '--json'], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  const [[code], said] = await Promise.all([once(child, 'close') as Promise<[number | null]>, text(child.stderr)])
  expect({ code, said }).toEqual({ code: 0, said: '' })
})
