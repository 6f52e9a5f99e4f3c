import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Sha256 } from '../../../contract/ids.ts'
import { keyOf } from './pair-finder.ts'
import type { Pair } from './pair-finder.ts'
import type { ThreadAnswer, ThreadTask } from './search-thread.ts'

/** Pictures of one task: short enough that a cancel is quick and threads end together. */
const picturesOfTask = 500

/**
 * Threads that read and compare pictures, one a core. The child starts itself again as a thread: `entry` runs `runSearchThread` where it is
 * not the main thread.
 */
export class SearchThreads {
  readonly #workers: readonly Worker[]
  readonly #signal: AbortSignal

  constructor({ entry, signal }: { readonly entry: string; readonly signal: AbortSignal }) {
    this.#signal = signal
    this.#workers = Array.from({ length: availableParallelism() }, () => new Worker(entry))
    // Heard by whoever waits; without a listener an error would end the child.
    for (const worker of this.#workers) worker.on('error', () => undefined)
  }

  /** Writes their spectra where `index` says. Gives the indices of those that could not be read. */
  async read({
    pictures,
    onDone,
    ...rest
  }: {
    readonly spectra: Int8Array
    readonly imagesFolder: string
    readonly pictures: readonly { readonly index: number; readonly sha256: Sha256 }[]
    readonly onDone: (pictures: number) => void
  }): Promise<readonly number[]> {
    const unread: number[] = []
    await this.#share(
      chunks(pictures.length).map(({ from, to }) => ({ kind: 'read', pictures: pictures.slice(from, to), ...rest })),
      ({ numbers }, task) => {
        unread.push(...numbers)
        if (task.kind === 'read') onDone(task.pictures.length)
      },
    )
    return unread.sort((a, b) => a - b)
  }

  async findPairs({
    spectra,
    count,
    threshold,
    onDone,
  }: {
    readonly spectra: Int8Array
    readonly count: number
    readonly threshold: number
    readonly onDone: (pictures: number) => void
  }): Promise<readonly Pair[]> {
    await Promise.all(this.#workers.map((worker) => this.#ask(worker, { kind: 'index', spectra, count, threshold })))
    const pairs = new Map<number, Pair>()
    await this.#share(
      chunks(count).map(({ from, to }) => ({ kind: 'findPairs', from, to })),
      ({ numbers }, task) => {
        for (let at = 0; at < numbers.length; at += 4) {
          const [first = 0, second = 0, correlation = 0, orientation = 0] = numbers.subarray(at, at + 4)
          const key = keyOf({ first, second, count })
          // Found from both sides, perhaps by two threads: which was faster must not matter.
          const known = pairs.get(key)
          if (known === undefined || compare(known, { correlation, orientation }) > 0)
            pairs.set(key, { first, second, correlation, orientation })
        }
        if (task.kind === 'findPairs') onDone(task.to - task.from)
      },
    )
    return [...pairs].sort(([a], [b]) => a - b).map(([, pair]) => pair)
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
  }

  /** Each thread takes the next task when it is done with one. */
  async #share(
    tasks: readonly ThreadTask[],
    onAnswer: (answer: ThreadAnswer, task: ThreadTask) => void,
  ): Promise<void> {
    const waiting = tasks[Symbol.iterator]()
    await Promise.all(
      this.#workers.map(async (worker) => {
        for (const task of waiting) onAnswer(await this.#ask(worker, task), task)
      }),
    )
  }

  #ask(worker: Worker, task: ThreadTask): Promise<ThreadAnswer> {
    this.#signal.throwIfAborted()
    return new Promise((resolve, reject) => {
      const onMessage = (answer: ThreadAnswer): void => {
        stop()
        resolve(answer)
      }
      const onError = (error: unknown): void => {
        stop()
        reject(error instanceof Error ? error : new Error(String(error)))
      }
      const onExit = (): void => {
        stop()
        reject(new Error('A thread that compares pictures has ended.'))
      }
      const onAbort = (): void => {
        stop()
        reject(this.#signal.reason instanceof Error ? this.#signal.reason : new Error('cancelled'))
      }
      const stop = (): void => {
        worker.off('message', onMessage).off('error', onError).off('exit', onExit)
        this.#signal.removeEventListener('abort', onAbort)
      }
      worker.once('message', onMessage).once('error', onError).once('exit', onExit)
      this.#signal.addEventListener('abort', onAbort)
      worker.postMessage(task)
    })
  }
}

type Outcome = Pick<Pair, 'correlation' | 'orientation'>
/** Below 0 where `a` comes before `b`. */
const compare = (a: Outcome, b: Outcome): number => b.correlation - a.correlation || a.orientation - b.orientation

const chunks = (count: number): readonly { readonly from: number; readonly to: number }[] =>
  Array.from({ length: Math.ceil(count / picturesOfTask) }, (_, index) => ({
    from: index * picturesOfTask,
    to: Math.min(count, (index + 1) * picturesOfTask),
  }))
