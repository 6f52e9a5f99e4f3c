import { readFileSync } from 'node:fs'
import type { MessagePort } from 'node:worker_threads'
import type { Sha256 } from '../../../contract/ids.ts'
import { imageFile } from '../../files/project-paths.ts'
import { spectrumLength } from './band.ts'
import { decodeStoredPng } from './decode-stored-png.ts'
import { PairFinder } from './pair-finder.ts'
import { phaseSpectrum } from './phase-spectrum.ts'

/** What a thread is told. Memory is shared: what it reads and finds out of pictures is written where all see it. */
export type ThreadTask =
  | {
      readonly kind: 'read'
      readonly spectra: Int8Array
      readonly imagesFolder: string
      readonly pictures: readonly { readonly index: number; readonly sha256: Sha256 }[]
    }
  /** Pictures that `findPairs` is about, from now on. */
  | { readonly kind: 'index'; readonly spectra: Int8Array; readonly count: number; readonly threshold: number }
  | { readonly kind: 'findPairs'; readonly from: number; readonly to: number }

/** `numbers` of pairs: first, second, correlation and orientation in turn; of pictures that could not be read, their indices. */
export interface ThreadAnswer {
  readonly numbers: Float64Array
}

/** Answers tasks one after the other until it is ended. */
export function runSearchThread(port: MessagePort): void {
  let finder: PairFinder | null = null
  port.on('message', (task: ThreadTask) => {
    switch (task.kind) {
      case 'read':
        port.postMessage({ numbers: readSpectra(task) } satisfies ThreadAnswer)
        return
      case 'index':
        finder = new PairFinder(task)
        port.postMessage({ numbers: new Float64Array(0) } satisfies ThreadAnswer)
        return
      case 'findPairs': {
        const numbers: number[] = []
        for (let image = task.from; image < task.to; image++)
          for (const { first, second, correlation, orientation } of finder?.pairsOf(image) ?? [])
            numbers.push(first, second, correlation, orientation)
        port.postMessage({ numbers: Float64Array.from(numbers) } satisfies ThreadAnswer)
      }
    }
  })
}

/** Gives the indices of those that could not be read: verify tells about them. */
function readSpectra({ spectra, imagesFolder, pictures }: Extract<ThreadTask, { kind: 'read' }>): Float64Array {
  const unread: number[] = []
  for (const { index, sha256 } of pictures) {
    const picture = decode(imageFile(imagesFolder, sha256))
    if (picture === null || picture.width !== picture.height) unread.push(index)
    else
      spectra.set(
        phaseSpectrum(picture.pixels, { size: picture.width, channels: picture.channels }),
        index * spectrumLength,
      )
  }
  return Float64Array.from(unread)
}

function decode(file: string): ReturnType<typeof decodeStoredPng> {
  try {
    return decodeStoredPng(readFileSync(file))
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === undefined) throw thrown
    return null
  }
}
