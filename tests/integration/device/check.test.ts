import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { PartReport } from '../../device/run-part.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

const check = join(import.meta.dirname, '../../device/check.ts')

it('without a card the check says so part by part, and what works beside it', { timeout: 120_000 }, () => {
  const out = join(temporaryFolder(), 'to/device-report.json')
  const args = [check, '--out', out, '--steps', '1', '--engines', 'webgpu,wasm', '--seconds', '40']
  // Drivers that are not there, and no PyTorch.
  const env = { ...process.env, VK_DRIVER_FILES: '/none.json', FLAWSMITH_PEER_PYTHON: '/no/python' }
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', env })
  expect(status, stdout).toBe(0)
  const { parts, ratios, asked } = JSON.parse(readFileSync(out, 'utf8')) as {
    parts: readonly PartReport[]
    ratios: readonly { readonly webgpuMs: number | null; readonly ratio: number | null }[]
    asked: unknown
  }
  expect(asked).toEqual({ steps: 1, cpuSteps: 1 })
  const onCard = parts.filter(({ engine }) => engine === 'webgpu')
  expect(onCard.map(({ part }) => part)).toEqual([
    'card',
    'gradients',
    'golden',
    'steps crgan 64 px',
    'steps dcgan-96 96 px',
  ])
  for (const { passed, failure } of onCard) {
    expect(passed).toBe(false)
    expect(failure).toMatch(/exit code 1|not begun/)
  }
  expect(onCard[0]?.failure).toMatch(/Vulkan|graphics card|webgpu/)
  expect(parts.find(({ part, engine }) => part === 'gradients' && engine === 'wasm')).toMatchObject({
    passed: true,
    found: { correct: true },
  })
  expect(parts.map(({ part, engine }) => `${part} ${engine}`)).toHaveLength(9)
  for (const each of ratios) expect(each).toMatchObject({ webgpuMs: null, ratio: null })
})
