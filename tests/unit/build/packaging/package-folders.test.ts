import { expect, it } from 'vitest'
import { closure } from '../../../../build/packaging/package-folders.ts'

it('takes each dependency from where Node would find it', () => {
  const packages = {
    'node_modules/a': { dependencies: { b: '1', c: '1' } },
    'node_modules/a/node_modules/b': { dependencies: { c: '1' } },
    'node_modules/b': { dependencies: { d: '1' } },
    'node_modules/c': { optionalDependencies: { 'only-on-windows': '1', a: '1' } },
    'node_modules/d': {},
  }
  expect(closure(packages, ['a'])).toEqual(['node_modules/a', 'node_modules/a/node_modules/b', 'node_modules/c'])
})
