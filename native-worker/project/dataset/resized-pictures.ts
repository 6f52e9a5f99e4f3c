import { setImmediate as nextTurn } from 'node:timers/promises'
import { imagePath } from '../../../contract/image-path.ts'
import type { Sha256 } from '../../../contract/ids.ts'
import { makeFolderInside, moveInside, removeFolderInside } from '../../files/files-inside.ts'
import { imagesFolder, incomingFolder } from '../../files/project-paths.ts'
import { resolveInside } from '../../files/resolve-inside.ts'
import { syncFolder } from '../../files/sync-path.ts'
import { writeWhole } from '../../files/write-whole.ts'
import { clearCutOffResize, resizeList } from '../clear-unrecorded-images.ts'
import type { Project } from '../open-project.ts'

/** Renames between two turns of everything else. */
const movedAtOnce = 500
const aside = 'incoming/resize'

/**
 * Pictures on their way to be those of a project: written aside, where the next opening clears them, then moved among the others. Their
 * names are in a list from before they are moved until they are recorded, so that whatever is killed leaves nothing behind.
 */
export class ResizedPictures {
  readonly #project: Project

  private constructor(project: Project) {
    this.#project = project
  }

  static begin(project: Project): ResizedPictures {
    removeFolderInside(project.folder, aside)
    makeFolderInside(project.folder, `${aside}/images`)
    return new ResizedPictures(project)
  }

  /** Where they are derived to. */
  get folder(): string {
    return imagesFolder(`${incomingFolder(this.#project.folder)}/resize`)
  }

  /** Moves them among the pictures of the project; on disk when this returns. Throws `disk_full`, `folder_not_writable`. */
  async settle(pictures: readonly Sha256[]): Promise<void> {
    const { folder } = this.#project
    const names = [...new Set(pictures)]
    await writeWhole(resolveInside(folder, resizeList), names.map((name) => `${name}\n`).join(''))
    const shelves = new Set(names.map((name) => name.slice(0, 2)))
    for (const shelf of shelves) makeFolderInside(folder, `images/${shelf}`)
    for (const [index, name] of names.entries()) {
      moveInside(folder, { from: `${aside}/images/${imagePath(name)}`, to: `images/${imagePath(name)}` })
      if (index % movedAtOnce === 0) await nextTurn()
    }
    for (const shelf of shelves) await syncFolder(`${this.#project.imagesFolder}/${shelf}`)
    await syncFolder(this.#project.imagesFolder)
  }

  /** Removes what is not recorded by now; call it however it ended. */
  clear(): void {
    clearCutOffResize(this.#project)
    removeFolderInside(this.#project.folder, aside)
  }
}
