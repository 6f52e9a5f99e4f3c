import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { baseFileName, baseNames } from '../native-worker/trainer/bases/base.ts'

/** Lays the bases that `npm run make-base` has made beside the bundles. */
export function emitBases(folder: string): Plugin {
  return {
    name: 'flawsmith:bases',
    apply: 'build',
    async generateBundle() {
      for (const fileName of baseNames.map(baseFileName))
        this.emitFile({ type: 'asset', fileName, source: await readFile(join(folder, fileName)) })
    },
  }
}
