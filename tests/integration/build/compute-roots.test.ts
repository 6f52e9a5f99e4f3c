import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findComputeRoots } from '../../../build/packaging/compute-roots.ts'
import { temporaryFolder } from '../../helpers/temporary-folder.ts'

function bundles(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder()
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

const declared = ['@scope/deep', 'bare', 'dynamic', 'in-chunk', 'of-the-window', 'required', 'resolved', 'bar']

it('finds each package the compute children load, however they load it and in whatever chunk', async () => {
  const folder = bundles({
    'images.js': `import a from "bare"; const b = require('required'); import { c } from "./shared-A1.js"`,
    'trainer.js': `await import("dynamic"); resolve(\`resolved/package.json\`); import("./later-B2.js")`,
    'shared-A1.js': `export { c } from "in-chunk"`,
    'later-B2.js': `import "@scope/deep/sub/file.js"; import "./shared-A1.js"`,
    'main.js': `import "of-the-window"`,
  })
  expect(await findComputeRoots(folder, { declared })).toEqual({
    bundles: ['images.js', 'later-B2.js', 'shared-A1.js', 'trainer.js'],
    packages: ['@scope/deep', 'bare', 'dynamic', 'in-chunk', 'required', 'resolved'],
  })
})
