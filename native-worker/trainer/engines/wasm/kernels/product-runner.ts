import { kernelNumbers } from './kernel-numbers.ts'
import type { SharedMemory } from './shared-backend.ts'
import { maximumPieces, type ThreadPool, wordsEach } from './thread-pool.ts'

const tileRows = 6
const tileColumns = 8
const maximumBlockRows = 96
const zeroBytes = 2048
/** Below this many multiplications waking a thread costs more than it saves. */
const smallProduct = 200_000

/** A matrix gathered from images: see assembly/pack-left.ts. Vectors are [down, across]. */
export interface LeftOperand {
  readonly gathers: 'rows' | 'columns'
  readonly address: number
  readonly channels: number
  readonly tapsAcross: number
  readonly grid: Pair
  readonly stride: Pair
  readonly step: Pair
  readonly offset: Pair
  readonly source: Pair
}

/** See assembly/pack-right.ts. Strides in values. */
export interface RightOperand {
  readonly address: number
  readonly channels: number
  readonly tapsAcross: number
  readonly tapStride: Pair
  readonly channelStride: number
  readonly columnStride: number
}

/** Where row m of a product goes: m is a pixel (n, y, x) of the grid. Strides in values. */
export interface Output {
  readonly address: number
  readonly grid: Pair
  readonly imageStride: number
  readonly rowStride: number
  readonly pixelStride: number
}

export interface Product {
  readonly rows: number
  readonly columns: number
  readonly terms: number
  readonly left: LeftOperand
  readonly right: RightOperand
  readonly output: Output
  /** What is added to the product: a vector for every row, or values that lie as the output's do. */
  readonly addend?: { readonly address: number; readonly isVector: boolean }
}

export type Pair = readonly [number, number]

/** Runs products on the thread pool. */
export class ProductRunner {
  readonly #pool: ThreadPool
  readonly #backend: SharedMemory
  readonly #zeros: number
  #panels = { address: 0, bytes: 0 }

  constructor(pool: ThreadPool, backend: SharedMemory) {
    this.#pool = pool
    this.#backend = backend
    this.#zeros = backend.allocate(zeroBytes)
    new Uint8Array(backend.memory.buffer, this.#zeros, zeroBytes).fill(0)
  }

  /** Several products of one shape class at once, as the phases of a transposed convolution are. */
  run(products: readonly Product[]): void {
    for (let first = 0; first < products.length; first += maximumPieces)
      this.#runTogether(products.slice(first, first + maximumPieces))
  }

  #runTogether(products: readonly Product[]): void {
    const panelBytes = products.map(({ columns, terms }) => roundUp(columns, tileColumns) * terms * 4)
    const start = this.#reservePanels(panelBytes.reduce((sum, bytes) => sum + bytes, 0))
    const addresses = panelBytes.map(
      (_, index) => start + panelBytes.slice(0, index).reduce((sum, bytes) => sum + bytes, 0),
    )
    const work = products.reduce((sum, { rows, columns, terms }) => sum + rows * columns * terms, 0)
    const alone = work < smallProduct
    products.forEach((product, index) => {
      this.#packRight(product, addresses[index] ?? 0, alone)
    })
    const blocks = products.map((product) => this.#chooseBlocks(product, products.length))
    const tasksEach = Math.max(...blocks.map(({ rowBlocks, columnBlocks }) => rowBlocks * columnBlocks))
    products.forEach((product, index) => {
      const block = blocks[index]
      if (block !== undefined)
        this.#writeArguments(product, { index, tasksEach, panels: addresses[index] ?? 0, ...block })
    })
    this.#pool.run(kernelNumbers.multiply, tasksEach * products.length, { alone })
  }

  #packRight({ right, columns, terms }: Product, target: number, alone: boolean): void {
    const panels = Math.ceil(columns / tileColumns)
    const panelsEach = Math.max(1, Math.ceil(panels / (4 * this.#pool.threads)))
    const { address, channels, tapsAcross, tapStride, channelStride, columnStride } = right
    const values = [
      terms,
      columns,
      address,
      channels,
      tapsAcross,
      ...tapStride,
      channelStride,
      columnStride,
      target,
      panelsEach,
    ]
    this.#pool.words.set(values)
    this.#pool.run(kernelNumbers.packRight, Math.ceil(panels / panelsEach), {
      alone: alone || columns * terms < 16_384,
    })
  }

  /** Blocks as large as the caches like, unless that leaves threads without work. Which blocks changes no result. */
  #chooseBlocks({ rows, columns }: Product, products: number) {
    const wanted = Math.ceil((4 * this.#pool.threads) / products)
    let blockRows = Math.min(maximumBlockRows, roundUp(Math.ceil(rows / wanted), tileRows))
    blockRows = Math.max(Math.min(24, roundUp(rows, tileRows)), blockRows)
    const rowBlocks = Math.ceil(rows / blockRows)
    const blockColumns = Math.max(32, roundUp(Math.ceil(columns / Math.ceil(wanted / rowBlocks)), tileColumns))
    return { blockRows, rowBlocks, blockColumns, columnBlocks: Math.ceil(columns / blockColumns) }
  }

  #writeArguments(
    { rows, columns, terms, left, output, addend }: Product,
    at: {
      index: number
      tasksEach: number
      panels: number
      blockRows: number
      blockColumns: number
      columnBlocks: number
    },
  ): void {
    const { channels, source } = left
    this.#pool.words.set(
      [
        ...[rows, columns, terms, left.gathers === 'columns' ? 1 : 0, left.address, channels, left.tapsAcross],
        ...[...left.grid, ...left.stride, ...left.step, ...left.offset, ...source, at.panels],
        ...[output.address, output.imageStride, output.rowStride, output.pixelStride, ...output.grid],
        ...[
          at.blockRows,
          at.blockColumns,
          at.columnBlocks,
          this.#zeros,
          source[0] * source[1] * channels * 4,
          at.tasksEach,
        ],
        ...[addend?.address ?? 0, addend?.isVector === true ? 1 : 0],
      ],
      at.index * wordsEach,
    )
  }

  #reservePanels(bytes: number): number {
    if (bytes > this.#panels.bytes) {
      if (this.#panels.bytes > 0) this.#backend.free(this.#panels.address)
      this.#panels = { address: this.#backend.allocate(bytes), bytes }
    }
    return this.#panels.address
  }
}

const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple
