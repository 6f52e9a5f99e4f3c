import type { Frame } from '../storage/frames.ts'

/**
 * Finds the frame that another file speaks of, by its name: first with the folder it lies in, as `scratch/0001`, then by the name
 * alone where only one frame has it. `_mask` and `_gt` at the end of a name count for nothing. Null where there is none.
 */
export function matchFrames(frames: readonly Frame[]): (path: string) => Frame | null {
  const byFolder = frames.map((frame) => ({ key: keysOf(frame.name).withFolder, frame }))
  const byName = frames.map((frame) => ({ key: keysOf(frame.name).name, frame }))
  const inFolder = onlyOnes(byFolder)
  const alone = onlyOnes(byName)
  return (path) => {
    const { withFolder, name } = keysOf(path)
    return inFolder.get(withFolder) ?? alone.get(name) ?? null
  }
}

function onlyOnes(entries: readonly { readonly key: string; readonly frame: Frame }[]): ReadonlyMap<string, Frame> {
  const counts = new Map<string, number>()
  for (const { key } of entries) counts.set(key, (counts.get(key) ?? 0) + 1)
  return new Map(entries.filter(({ key }) => counts.get(key) === 1).map(({ key, frame }) => [key, frame]))
}

function keysOf(path: string): { readonly withFolder: string; readonly name: string } {
  const names = path.split(/[/\\]/)
  const name = (names.at(-1) ?? '').replace(/\.[^.]+$/, '').replace(/[_-](mask|gt)$/i, '')
  const folder = names.at(-2)
  return { withFolder: folder === undefined ? name : `${folder}/${name}`, name }
}
