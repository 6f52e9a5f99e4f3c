import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Sha256 } from '../../../contract/ids.ts'
import type { ImagesClient } from '../../../contract/images.ts'
import { isReaderDeath } from '../dataset/reader-deaths.ts'

/** A picture of the store and its place. */
export interface StoredFile {
  readonly sha256: Sha256
  /** Relative to the target, with `/` between names. */
  readonly path: string
}

interface SharedCopy<File extends StoredFile> {
  readonly files: readonly File[]
  readonly imagesFolder: string
  readonly target: string
  readonly images: Pick<ImagesClient, 'copy'>
  /** Copies in this process; must give way to other requests now and then. Throws for a picture that cannot be had. */
  readonly copyHere: (files: readonly File[]) => Promise<void>
  readonly missing: (file: File) => Error
  readonly onCopied: (files: readonly File[]) => void
}

/** A process of its own is not worth starting for fewer. */
const worthSharing = 600
const mostAtOnce = 200
const fewestAtOnce = 20
/** Fewer and fewer towards the end, so that neither waits long for the other's last ones. */
const shareOf = (left: number): number => Math.max(fewestAtOnce, Math.min(mostAtOnce, Math.ceil(left / 10)))
/** While one answer of the child is waiting to be read here, it copies what was asked after that. */
const requestsUnderWay = 2

/**
 * Copies pictures in this process and in the images child at once: this one takes the next ones from the start, the child from the end,
 * so that they hardly ever make files in the same folder, where each would wait for the other. Where the child ends, its pictures are
 * copied here. Nothing is written any more once this is over, whatever it throws.
 */
export async function copyShared<File extends StoredFile>({
  files,
  imagesFolder,
  target,
  images,
  copyHere,
  missing,
  onCopied,
}: SharedCopy<File>): Promise<void> {
  const left = [...files]
  const fromStart = (): readonly File[] => left.splice(0, shareOf(left.length))
  const fromEnd = (): readonly File[] => left.splice(-shareOf(left.length))
  const untilOver = async (
    take: () => readonly File[],
    work: (some: readonly File[]) => Promise<void>,
  ): Promise<void> => {
    try {
      for (let some = take(); some.length > 0; some = take()) {
        await work(some)
        onCopied(some)
      }
    } catch (thrown) {
      left.length = 0
      throw thrown
    }
  }
  const copyThere = async (some: readonly File[]): Promise<void> => {
    try {
      const items = some.map(({ sha256, path }) => ({ sha256, path }))
      const [place] = await images.copy({ items, imagesFolder, folder: target })
      const lost = place === undefined ? undefined : some[place]
      if (lost !== undefined) throw missing(lost)
    } catch (thrown) {
      if (!isReaderDeath(thrown)) throw thrown
      for (const { path } of some) rmSync(join(target, path), { force: true })
      await copyHere(some)
    }
  }
  const helpers = Array.from({ length: files.length < worthSharing ? 0 : requestsUnderWay }, () =>
    untilOver(fromEnd, copyThere),
  )
  const ends = await Promise.allSettled([untilOver(fromStart, copyHere), ...helpers])
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}
