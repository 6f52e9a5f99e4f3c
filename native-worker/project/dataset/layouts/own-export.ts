import { filePath, pathOf } from './folder-listing.ts'
import { isSyntheticName } from './known-names.ts'
import type { Layout } from './layout.ts'
import type { PlannedFile } from './layout-plan.ts'
import { byName } from './natural-order.ts'
import { masksOf, startsWith } from './plan-levels.ts'

/**
 * An export of ours: its manifest says what each picture is. Real ones keep their class and split; what was drawn is left out, so
 * that it never counts as real.
 */
export const ownExport: Layout = {
  propose: (listed, root) => (listed.exports.has(pathOf(root)) ? [{ root, level: 0, certainty: 'sure' }] : []),
  plan: (listed, { root }) => {
    const manifest = listed.exports.get(pathOf(root))
    if (manifest === undefined) return null
    const files: PlannedFile[] = []
    const synthetic: string[] = []
    const unlisted: string[] = []
    const seen = new Set<string>()
    for (const { names, images } of listed.folders) {
      if (!startsWith(names, root)) continue
      for (const file of images) {
        const path = filePath(names, file)
        const row = manifest.get(path)
        if (row !== undefined) seen.add(path)
        if (row?.origin === 'synthetic' || isSyntheticName(file)) synthetic.push(path)
        else if (row === undefined) unlisted.push(path)
        else files.push({ path, className: row.className, split: row.split, isImage: true, sha256: row.sha256 })
      }
    }
    const gone = [...manifest.keys()].filter((path) => !seen.has(path)).length
    return {
      files: files.sort((a, b) => byName(a.className, b.className)),
      emptyClasses: [],
      loose: [],
      synthetic,
      unlisted,
      ignored: listed.ignored,
      remarks: [
        ...(synthetic.length > 0
          ? [{ kind: 'synthetic' as const, images: synthetic.length, by: 'manifest' as const }]
          : []),
        ...(gone > 0 ? [{ kind: 'gone' as const, files: gone }] : []),
      ],
      masks: masksOf(listed, files),
    }
  },
}
