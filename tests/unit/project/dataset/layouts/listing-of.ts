import type {
  FolderListing,
  ListedFolder,
} from '../../../../../native-worker/project/dataset/layouts/folder-listing.ts'
import { byName } from '../../../../../native-worker/project/dataset/layouts/natural-order.ts'
import type { ListedImages } from '../../../../../native-worker/project/dataset/layouts/read-images.ts'
import { readImages } from '../../../../../native-worker/project/dataset/layouts/read-images.ts'

/**
 * What a scan of such files would list. `{a,b}` stands for each of them, `[3]` for three of that name, and a path that ends in `/`
 * for an empty folder.
 */
export function listingOf(
  paths: readonly string[],
  { exports = new Map() }: { readonly exports?: FolderListing['exports'] } = {},
): ListedImages {
  const folders = new Map<string, { names: string[]; files: string[] }>()
  const folder = (names: readonly string[]): { names: string[]; files: string[] } => {
    const key = names.join('/')
    const found = folders.get(key) ?? { names: [...names], files: [] }
    folders.set(key, found)
    if (names.length > 0) folder(names.slice(0, -1))
    return found
  }
  folder([])
  for (const path of paths.flatMap(expand)) {
    const names = path.split('/')
    const file = names.pop() ?? ''
    const { files } = folder(names)
    if (file !== '') files.push(file)
  }
  const sorted: ListedFolder[] = [...folders.values()]
    .sort((a, b) => byName(a.names.join('/'), b.names.join('/')))
    .map(({ names, files }) => ({ names, files: files.sort(byName) }))
  return readImages({ folders: sorted, ignored: [], exports })
}

function expand(pattern: string): string[] {
  const braces = /\{([^}]*)\}/.exec(pattern)
  if (braces !== null) return (braces[1] ?? '').split(',').flatMap((name) => expand(pattern.replace(braces[0], name)))
  const count = /\[(\d+)\]/.exec(pattern)
  if (count === null) return [pattern]
  return Array.from({ length: Number(count[1]) }, (_, at) => pattern.replace(count[0], String(at)))
}
