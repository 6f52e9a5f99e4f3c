import { caseTwins } from '../../../../contract/class-name.ts'
import type { IgnoredEntry, LayoutRemark } from '../../../../contract/layouts.ts'
import type { Split } from '../../../../contract/splits.ts'
import { filePath, pathOf } from './folder-listing.ts'
import { isSyntheticName, splitOf } from './known-names.ts'
import type { LayoutPlan, PlannedFile } from './layout-plan.ts'
import { byName } from './natural-order.ts'
import type { ListedImages } from './read-images.ts'

interface Levels {
  readonly root: readonly string[]
  /** Which level below the root names the class, from 1. */
  readonly classLevel: number
  /** Which level names the split; null where none does. */
  readonly splitLevel: number | null
  /** Has the last word on the split of an image. */
  readonly splitFor?: (className: string, given: Split | null) => Split | null
}

/** Reads classes and splits off the names of folders at fixed levels. */
export function planLevels(listed: ListedImages, { root, classLevel, splitLevel, splitFor }: Levels): LayoutPlan {
  const files: PlannedFile[] = []
  const loose: string[] = []
  const synthetic: string[] = []
  const ignored: IgnoredEntry[] = [...listed.ignored]
  /** As the folders write them. */
  const folderClasses = new Map<string, Set<string>>()
  const madeByUs = syntheticPaths(listed)
  let outside = 0

  for (const folder of listed.folders) {
    if (!startsWith(folder.names, root)) {
      // What leads to the root is said to be loose; what lies beside it is another matter.
      if (startsWith(root, folder.names)) loose.push(...folder.images.map((file) => filePath(folder.names, file)))
      else outside += folder.images.length
      continue
    }
    const below = folder.names.slice(root.length)
    if (folder.isForMarks) continue
    const splitName = splitLevel === null ? undefined : below[splitLevel - 1]
    const split = splitName === undefined ? null : splitOf(splitName)
    if (splitLevel !== null && splitLevel < classLevel && splitName !== undefined && split === null) {
      noteIgnored(ignored, {
        path: pathOf(folder.names.slice(0, root.length + splitLevel)),
        images: folder.images.length,
      })
      continue
    }
    const written = below[classLevel - 1]
    const className = written?.normalize('NFC')
    if (written === undefined || className === undefined) {
      loose.push(...folder.images.map((file) => filePath(folder.names, file)))
      continue
    }
    folderClasses.set(className, (folderClasses.get(className) ?? new Set()).add(written))
    const add = (file: string, isImage: boolean): void => {
      const path = filePath(folder.names, file)
      if (isSyntheticName(file) || madeByUs.has(path)) synthetic.push(path)
      else files.push({ path, className, split: splitFor === undefined ? split : splitFor(className, split), isImage })
    }
    for (const file of folder.images) add(file, true)
    for (const file of folder.others) add(file, false)
  }
  if (outside > 0) ignored.push({ path: '', reason: 'outside_root', images: outside })
  const withImages = new Set(files.filter(({ isImage }) => isImage).map(({ className }) => className))
  return {
    files: files.sort((a, b) => byName(a.className, b.className)),
    emptyClasses: [...folderClasses.keys()].filter((name) => !withImages.has(name)).sort(byName),
    loose,
    synthetic,
    unlisted: [],
    ignored,
    remarks: remarksOf(listed, { files, synthetic, splitLevel, folderClasses }),
    masks: masksOf(listed, files),
  }
}

function remarksOf(
  listed: ListedImages,
  {
    files,
    synthetic,
    splitLevel,
    folderClasses,
  }: {
    readonly files: readonly PlannedFile[]
    readonly synthetic: readonly string[]
    readonly splitLevel: number | null
    readonly folderClasses: ReadonlyMap<string, ReadonlySet<string>>
  },
): LayoutRemark[] {
  const remarks: LayoutRemark[] = [...listed.remarks]
  const images = files.filter(({ isImage }) => isImage)
  if (synthetic.length > 0) remarks.push({ kind: 'synthetic', images: synthetic.length, by: 'name' })
  const sides = new Map<string, Set<Split | null>>()
  for (const { className, split } of images) {
    sides.set(className, (sides.get(className) ?? new Set()).add(split))
  }
  const twins = caseTwins(sides.keys())
  if (twins.length > 0) remarks.push({ kind: 'case_twins', names: twins.toSorted(byName) })
  const forms = [...folderClasses].filter(([, written]) => written.size > 1).map(([name]) => name)
  if (forms.length > 0) remarks.push({ kind: 'unicode_twins', names: forms.sort(byName) })
  if (splitLevel !== null) {
    const judgedOnly = [...sides].filter(([, found]) => !found.has('train') && !found.has(null)).map(([name]) => name)
    if (judgedOnly.length > 0) remarks.push({ kind: 'nothing_to_learn_from', classes: judgedOnly.sort(byName) })
    const without = images.filter(({ split, className }) => split === null && (sides.get(className)?.size ?? 0) > 1)
    if (without.length > 0) remarks.push({ kind: 'without_split', images: without.length })
  }
  const { alone } = listed.masks
  if (alone.size > 0) remarks.push({ kind: 'masks_without_image', masks: alone.size })
  return remarks
}

export function masksOf(listed: ListedImages, files: readonly PlannedFile[]): ReadonlyMap<string, string> {
  if (listed.masks.pairs.size === 0) return new Map()
  const paths = new Set(files.map(({ path }) => path))
  return new Map([...listed.masks.pairs].filter(([, image]) => paths.has(image)))
}

/** Whatever a layout makes of a folder, what a manifest in it calls synthetic is. */
function syntheticPaths({ exports }: ListedImages): ReadonlySet<string> {
  const paths = new Set<string>()
  for (const files of exports.values())
    for (const [path, { origin }] of files) if (origin === 'synthetic') paths.add(path)
  return paths
}

function noteIgnored(
  ignored: IgnoredEntry[],
  { path, images }: { readonly path: string; readonly images: number },
): void {
  const at = ignored.findIndex((entry) => entry.path === path && entry.reason === 'no_split')
  const before = ignored[at]
  if (before === undefined) ignored.push({ path, reason: 'no_split', images })
  else ignored[at] = { ...before, images: (before.images ?? 0) + images }
}

export const startsWith = (names: readonly string[], start: readonly string[]): boolean =>
  start.every((name, index) => names[index] === name)
