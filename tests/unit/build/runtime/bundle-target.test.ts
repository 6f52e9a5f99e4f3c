import { afterEach, describe, expect, it, vi } from 'vitest'
import { declaredTarget, targetEnvironment, targetOf, wantedTarget } from '../../../../build/runtime/bundle-target.ts'
import { projectRoot } from '../../../../build/setup/project-root.ts'

afterEach(() => vi.unstubAllEnvs())

const carried = { node: '20.18.1', chrome: '130.0.6723.152' }

describe('what the bundles are compiled for', () => {
  it('is the Electron that package.json declares where nobody says otherwise', () => {
    vi.stubEnv('FLAWSMITH_BUNDLE_TARGET', undefined)
    expect(wantedTarget(projectRoot)).toEqual(declaredTarget(projectRoot))
    const { node, chrome } = declaredTarget(projectRoot)
    expect(Number(node.replace('node', ''))).toBeGreaterThanOrEqual(24)
    expect(Number(chrome.replace('chrome', ''))).toBeGreaterThan(150)
  })

  it('is the Electron at hand where the bundler is told of one', () => {
    expect(targetOf(carried)).toEqual({ node: 'node20.18', chrome: 'chrome130' })
    for (const [name, value] of Object.entries(targetEnvironment(targetOf(carried)))) vi.stubEnv(name, value)
    expect(wantedTarget(projectRoot)).toEqual({ node: 'node20.18', chrome: 'chrome130' })
  })
})
