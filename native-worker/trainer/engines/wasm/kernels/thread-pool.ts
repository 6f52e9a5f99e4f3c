import { Worker } from 'node:worker_threads'

interface KernelExports {
  attach(block: number, scratch: number): void
  open(kernel: number, tasks: number, wake: number): void
  work(): void
  close(): void
}

export interface ThreadPoolOptions {
  readonly binary: Uint8Array<ArrayBuffer>
  readonly memory: WebAssembly.Memory
  readonly allocate: (bytes: number) => number
  /** This thread included. */
  readonly threads: number
}

const headerBytes = 32
export const wordsEach = 32
/** Most pieces (say, phases of a transposed convolution) of one job. */
export const maximumPieces = 16
const blockBytes = headerBytes + maximumPieces * wordsEach * 4
/** See the layout in assembly/product.ts: tables, then a block of 96 × 256 floats, or 96 windows of up to 1024. */
const scratchBytes = 4096 + 96 * 1024 * 4

/** A thread's whole life: wait, work, wait. As text, since a bundle has no second file for it. */
const threadSource = `
const { workerData } = require('node:worker_threads')
const { module, memory, block, scratch } = workerData
const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports
kernels.attach(block, scratch)
let seen = 0
for (;;) {
  seen = kernels.waitForJob(seen)
  kernels.work()
}`

/** Threads that share one memory and work on one job at a time, this thread among them. */
export class ThreadPool {
  /** Arguments of the next job. */
  readonly words: Int32Array
  readonly floats: Float32Array
  readonly threads: number
  readonly #kernels: KernelExports
  readonly #workers: readonly Worker[]

  constructor({ binary, memory, allocate, threads }: ThreadPoolOptions) {
    const module = new WebAssembly.Module(binary)
    const block = allocate(blockBytes)
    new Uint8Array(memory.buffer, block, blockBytes).fill(0)
    this.words = new Int32Array(memory.buffer, block + headerBytes, maximumPieces * wordsEach)
    this.floats = new Float32Array(memory.buffer, block + headerBytes, maximumPieces * wordsEach)
    this.threads = threads
    this.#kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as KernelExports
    this.#kernels.attach(block, allocate(scratchBytes))
    this.#kernels.close()
    this.#workers = Array.from({ length: threads - 1 }, () => {
      const worker = new Worker(threadSource, {
        eval: true,
        workerData: { module, memory, block, scratch: allocate(scratchBytes) },
      })
      worker.unref()
      return worker
    })
  }

  /** Runs every task of a kernel and returns when all are done. `alone` keeps a small job on this thread. */
  run(kernel: number, tasks: number, { alone = false }: { alone?: boolean } = {}): void {
    const wake = alone || tasks < 2 ? 0 : Math.min(this.#workers.length, tasks - 1)
    this.#kernels.open(kernel, tasks, wake)
    this.#kernels.work()
    this.#kernels.close()
  }

  async stop(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
  }
}
