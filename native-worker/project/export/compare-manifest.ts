import type { VerifyProblem } from '../../../contract/export.ts'
import { readManifest } from './manifest.ts'
import { pretrainingFolder, pretrainingManifest, readPretrainingManifest } from './pretraining/write-pretraining.ts'

/** Compares the pictures that the manifest and that of the pretraining set name with those that have a sum. */
export function compareManifest(
  manifest: string,
  sums: ReadonlyMap<string, string>,
  pretraining: string | null = null,
): VerifyProblem[] {
  const named = new Map([
    ...readManifest(manifest).map(({ file, sha256 }) => [file, sha256] as const),
    ...(pretraining === null ? [] : readPretrainingManifest(pretraining)),
  ])
  const problems = [...named].flatMap(([path, sha256]): VerifyProblem[] => {
    const listed = sums.get(path)
    if (listed === undefined)
      return [
        {
          kind: 'changed_file',
          path: 'SHA256SUMS',
          detail: `has no line for ${path}, which ${manifestOf(path)} names`,
        },
      ]
    if (listed === sha256) return []
    return [{ kind: 'changed_file', path, detail: `${manifestOf(path)} names SHA-256 ${sha256}, SHA256SUMS ${listed}` }]
  })
  const strangers = [...sums.keys()].filter((path) => /\.(png|jpg|bmp)$/.test(path) && !named.has(path))
  return [
    ...problems,
    ...strangers.map((path): VerifyProblem => ({
      kind: 'unrecorded_file',
      path,
      detail: `${manifestOf(path)} does not name it`,
    })),
  ]
}

const manifestOf = (path: string): string =>
  path.startsWith(`${pretrainingFolder}/`) ? pretrainingManifest : 'manifest.csv'
