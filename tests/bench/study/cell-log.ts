import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Judgement } from './judge-samples.ts'

/** When a training ends: minutes compare recipes on a machine, steps compare starts and networks of one recipe whoever else uses it. */
export interface TrainingLimit {
  readonly unit: 'minutes' | 'steps'
  readonly amount: number
}

/** One line of results.jsonl: a recipe on a set with a seed, or `real`: the real training images judged the same way. */
export interface Cell {
  readonly set: string
  /** As on the command line, e.g. `sn-dcgan-128:light`; or `real`. */
  readonly recipe: string
  readonly seed: number
  readonly limit: TrainingLimit
  readonly size: number
  readonly engine: string
  readonly classNames: readonly string[]
  readonly trainingCounts: readonly number[]
  readonly heldOutCounts: readonly number[]
  /** Of each network trained. */
  readonly steps: readonly number[]
  /** Of training, summed over the networks. */
  readonly seconds: number
  /** Of the machine when training ended, over a minute: beyond the number of cores, others took part of the time. */
  readonly loadAverage: number
  /** Balanced accuracy of the feature network on held-out images. */
  readonly featureAccuracy: number
  /** Balanced accuracy and recalls on held-out images after learning from these images only, in the real class counts. */
  readonly trainedAccuracy: number
  readonly trainedRecalls: readonly (number | null)[]
  /** Null for `real`. */
  readonly judgement: Judgement | null
}

export const cellKey = ({
  set,
  recipe,
  seed,
  limit,
  size,
}: Pick<Cell, 'set' | 'recipe' | 'seed' | 'limit' | 'size'>): string =>
  [set, recipe, seed, recipe === 'real' ? '' : `${limit.amount} ${limit.unit}`, size].join(' ')

/** Finished cells; a line cut off by a kill counts as not there. */
export async function readCells(file: string): Promise<readonly Cell[]> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw thrown
  }
  // The last piece has no newline behind it: empty, or cut off.
  return text
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => (line.startsWith('{') && line.endsWith('}') ? [JSON.parse(line) as Cell] : []))
}

export async function appendCell(file: string, cell: Cell): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await appendFile(file, `${JSON.stringify(cell)}\n`)
}
