import {
  paintedUpdates,
  type UpliftCell,
  type UpliftCellResult,
  type UpliftScale,
} from '../../../contract/uplift-cells.ts'
import type { Engine } from '../engines/engine.ts'
import { cellSource, judgedImages } from './cell-source.ts'
import { paintedSource } from './painted-source.ts'
import { predictLabels } from './predict-labels.ts'
import { trainUpliftClassifier } from './train-uplift-classifier.ts'
import type { UpliftImages } from './uplift-images.ts'
import type { BodyWeights } from './uplift-network.ts'

interface MeasuringOptions {
  readonly engine: Engine
  readonly scale: UpliftScale
  /** After every update of a cell. */
  readonly onUpdate?: (cell: UpliftCell, updates: number) => void
}

/** Trains and judges one cell after the other; equal cells over equal images give equal answers. */
export class CellMeasurer {
  readonly #images: UpliftImages
  readonly #options: MeasuringOptions
  /** What the last painted defects taught: neighbours in the list often begin with the same. */
  #painted: { readonly name: string; readonly body: BodyWeights } | null = null

  constructor(images: UpliftImages, options: MeasuringOptions) {
    this.#images = images
    this.#options = options
  }

  measure(cell: UpliftCell): UpliftCellResult {
    const began = performance.now()
    const { engine, scale, onUpdate } = this.#options
    const first = cell.painted ? paintedUpdates(cell.updates) : 0
    let done = 0
    const count = (): void => {
      done += 1
      onUpdate?.(cell, done)
    }
    const body = cell.painted ? this.#learnPainted(cell.seed, { updates: first, count }) : undefined
    done = first
    const net = trainUpliftClassifier(cellSource(this.#images, cell), {
      engine,
      widths: scale.widths,
      updates: cell.updates - first,
      seed: cell.seed,
      ...(body === undefined ? {} : { body }),
      onUpdate: count,
    })
    const predicted = predictLabels(net, judgedImages(this.#images, cell.judge), { engine })
    net.dispose()
    return { key: cell.key, predicted, seconds: (performance.now() - began) / 1000 }
  }

  #learnPainted(
    seed: number,
    { updates, count }: { readonly updates: number; readonly count: () => void },
  ): BodyWeights {
    const { engine, scale } = this.#options
    const { train, freeOfDefects } = this.#images
    const name = `${seed} ${updates}`
    if (this.#painted?.name === name) return this.#painted.body
    if (freeOfDefects === null) throw new RangeError('no class is free of defects: there is nothing to paint on')
    const net = trainUpliftClassifier(paintedSource(train, { freeOfDefects, seed, ...scale }), {
      engine,
      widths: scale.widths,
      updates,
      seed,
      onUpdate: count,
    })
    const body = net.readBody()
    net.dispose()
    this.#painted = { name, body }
    return body
  }
}
