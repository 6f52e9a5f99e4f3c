import type { Package } from '../../build/packaging/make-package.ts'

/** The package that `npm test` made before these tests. */
export function builtPackage(): Package {
  const made = process.env['FLAWSMITH_PACKAGE']
  if (made === undefined) throw new Error('There is no package: run these tests with `npm test -- package`.')
  return JSON.parse(made) as Package
}

/** What a smoke test says of each part when all of them work, in order. */
export const smokeTestParts = [
  'window',
  'database',
  'import',
  'training',
  'checkpoint',
  'generation',
  'review',
  'export',
  'verify',
] as const
