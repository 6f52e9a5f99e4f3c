import { cp } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { projectRoot } from '../setup/project-root.ts'

/** Of what tfjs's packages build Node loads one file each: the others are the same for browsers and bundlers. */
const tfjsFile = /^(?!dist\/|src(\/|$))|^dist\/[^/]*(\.node\.js|\.wasm)$/
/** Of Dawn the binary of the system that the bundle is for. */
const dawnFile = /^(?!dist\/|build(\/|$))|^dist\/linux-x64(\/|$)/
const neverRead = /\.(map|ts|mts|cts|flow|md)$/

/** Copies a package (its folder relative to the project) below `root`, without what plain Node never reads. */
export async function copyPackage(folder: string, root: string): Promise<void> {
  const source = join(projectRoot, folder)
  const wanted = /(^|\/)@tensorflow\/tfjs(-[a-z-]+)?$/.test(folder)
    ? tfjsFile
    : /(^|\/)webgpu$/.test(folder)
      ? dawnFile
      : null
  await cp(source, join(root, folder), {
    recursive: true,
    dereference: true,
    filter: (path) => {
      const inside = relative(source, path).split(sep).join('/')
      if (inside === '') return true
      // Packages of their own are asked for by their own folder.
      if (inside === 'node_modules' || inside.startsWith('node_modules/')) return false
      return (wanted?.test(inside) ?? true) && !neverRead.test(inside)
    },
  })
}
