import { afterEach, describe, expect, it, vi } from 'vitest'
import { hasDisplay, onScreen } from '../../../build/setup/screen.ts'

afterEach(() => vi.unstubAllEnvs())

describe.runIf(process.platform === 'linux')('onScreen', () => {
  it('uses a virtual screen where there is no real one', () => {
    vi.stubEnv('DISPLAY', '')
    vi.stubEnv('WAYLAND_DISPLAY', '')
    expect(hasDisplay()).toBe(false)
    const [program, ...rest] = onScreen(['electron', '.'])
    expect(program).toBe('xvfb-run')
    expect(rest.slice(-2)).toEqual(['electron', '.'])
  })

  it('uses the real screen unless a hidden one is asked for', () => {
    vi.stubEnv('DISPLAY', ':7')
    expect(onScreen(['electron', '.'])).toEqual(['electron', '.'])
    expect(onScreen(['electron', '.'], { always: true })[0]).toBe('xvfb-run')
  })
})
