import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Measured } from '../../../native-worker/metrics/measured.ts'
import { cellKey, type Cell, type TrainingLimit } from './cell-log.ts'
import type { Judgement, SpaceJudgement } from './judge-samples.ts'
import { renewMeasured } from './renew-measured.ts'

const begin = '<!-- measured: written by tests/bench/study/recipes.bench.ts -->'
const end = '<!-- end of measured -->'

/** Of a recipe as it is named on the command line, for files. */
export const fileNameOf = (recipe: string): string => recipe.replaceAll(/[^a-z0-9-]+/g, '-')

export async function writeReport(
  cells: readonly Cell[],
  { file, limit, size }: { file: string; limit: TrainingLimit; size: number },
): Promise<void> {
  const chosen = cells.filter(
    (cell) => cell.size === size && (cell.recipe === 'real' || cellKey(cell) === cellKey({ ...cell, limit })),
  )
  const sets = [...new Set(chosen.map(({ set }) => set))]
  const films = basename(file, '.md')
  const measured = sets
    .map((set) =>
      describeSet(
        chosen.filter((cell) => cell.set === set),
        { filmOf: (recipe) => filmLine(file, `${films}/${set}-${fileNameOf(recipe)}.png`, recipe) },
      ),
    )
    .join('\n\n')
  await renewMeasured(measured, { file, title: 'Recipes compared', begin, end })
}

function filmLine(file: string, picture: string, recipe: string): string {
  if (!existsSync(join(dirname(file), picture))) return ''
  return `\n\`${recipe}\`, seed 1, start to end, a row a class, the same latents down each column:\n\n![${recipe}](${picture})\n`
}

function describeSet(cells: readonly Cell[], { filmOf }: { filmOf: (recipe: string) => string }): string {
  const [first] = cells
  if (first === undefined) return ''
  const { classNames, trainingCounts, heldOutCounts } = first
  const recipes = [...new Set(cells.map(({ recipe }) => recipe))].filter((recipe) => recipe !== 'real')
  const of = (recipe: string): readonly Cell[] => cells.filter((cell) => cell.recipe === recipe)
  const real = of('real').map(({ trainedAccuracy }) => trainedAccuracy)
  const seeds = (recipe: string): number => of(recipe).length
  return [
    `## ${first.set}`,
    table(
      ['', ...classNames],
      [
        ['images to learn from', ...trainingCounts.map(String)],
        ['held-out images', ...heldOutCounts.map(String)],
      ],
    ),
    `The feature network (trained on the images to learn from only) reaches ${percent(first.featureAccuracy)} balanced accuracy on the held-out images; the other classifier, trained on the same real images, ${percentSpread(real)} (${real.length} ${real.length === 1 ? 'seed' : 'seeds'}).`,
    `### Over all classes`,
    table(
      ['', ...recipes.map((recipe) => `${recipe} (n = ${seeds(recipe)})`)],
      [
        row('KID, learned features', recipes, (recipe) => kernelText(of(recipe), 'learned')),
        row('its floor, real against real', recipes, (recipe) => floorText(of(recipe), 'learned')),
        row('KID, random features', recipes, (recipe) => kernelText(of(recipe), 'random')),
        row('its floor, real against real', recipes, (recipe) => floorText(of(recipe), 'random')),
        row('coverage, mean over classes', recipes, (recipe) =>
          spread(of(recipe).map((cell) => classMean(cell, ({ coverage }) => valueOf(coverage, 'coverage')))),
        ),
        row('… expected of real images', recipes, (recipe) =>
          spread(of(recipe).map((cell) => classMean(cell, ({ coverage }) => valueOf(coverage, 'expectedCoverage')))),
        ),
        row('precision, mean over classes', recipes, (recipe) =>
          spread(of(recipe).map((cell) => classMean(cell, ({ coverage }) => valueOf(coverage, 'precision')))),
        ),
        row('within-class diversity, mean (real = 1)', recipes, (recipe) =>
          spread(of(recipe).map((cell) => classMean(cell, ({ diversity }) => valueOf(diversity, 'ratio')))),
        ),
        row('within-class diversity, lowest class', recipes, (recipe) =>
          spread(of(recipe).map((cell) => classLeast(cell, ({ diversity }) => valueOf(diversity, 'ratio')))),
        ),
        row('CAS: accuracy after learning from synthetic only', recipes, (recipe) =>
          percentSpread(of(recipe).map(({ trainedAccuracy }) => trainedAccuracy)),
        ),
        row('CAS / learned from real', recipes, (recipe) =>
          spread(of(recipe).map((cell) => casRatio(cell, of('real')))),
        ),
        row('label fidelity, mean over classes', recipes, (recipe) =>
          percentSpread(of(recipe).map(({ judgement }) => mean(judgement?.labelFidelity ?? []))),
        ),
        row('copies of training images', recipes, (recipe) =>
          percentSpread(of(recipe).map(({ judgement }) => judgement?.learned.copies ?? null)),
        ),
        row('1-NN accuracy (0.5 ideal)', recipes, (recipe) =>
          spread(of(recipe).map(({ judgement }) => judgement?.learned.nearestNeighbour ?? null)),
        ),
        row('training seconds', recipes, (recipe) =>
          spread(
            of(recipe).map(({ seconds }) => seconds),
            0,
          ),
        ),
        row('load average at its end', recipes, (recipe) =>
          spread(
            of(recipe).map(({ loadAverage }) => loadAverage),
            1,
          ),
        ),
        row('steps (a network)', recipes, (recipe) =>
          spread(
            of(recipe).map(({ steps }) => mean(steps)),
            0,
          ),
        ),
      ],
    ),
    '### By class (learned features; coverage · diversity · recall of a classifier that learned from synthetic images)',
    table(
      ['', 'n', 'held out', ...recipes],
      classNames.map((name, label) => [
        name,
        String(trainingCounts[label] ?? 0),
        String(heldOutCounts[label] ?? 0),
        ...recipes.map((recipe) => classText(of(recipe), label)),
      ]),
    ),
    ...recipes.map(filmOf),
  ].join('\n\n')
}

type ClassJudgement = SpaceJudgement['classes'][number]

const classMean = ({ judgement }: Cell, pick: (judged: ClassJudgement) => number | null): number | null =>
  mean(judgement?.learned.classes.map(pick) ?? [])

function classLeast({ judgement }: Cell, pick: (judged: ClassJudgement) => number | null): number | null {
  const known = (judgement?.learned.classes.map(pick) ?? []).filter((value) => value !== null)
  return known.length === 0 ? null : Math.min(...known)
}

function casRatio(cell: Cell, real: readonly Cell[]): number | null {
  const own = real.find(({ seed }) => seed === cell.seed)
  return own === undefined ? null : cell.trainedAccuracy / own.trainedAccuracy
}

function classText(cells: readonly Cell[], label: number): string {
  const judged = cells.map(({ judgement }) => judgement?.learned.classes[label])
  const refused = judged.map((one) => one?.coverage).find((coverage) => coverage?.kind === 'notMeaningful')
  const coverage =
    refused?.kind === 'notMeaningful'
      ? `not meaningful at n = ${refused.images}`
      : spread(judged.map((one) => (one === undefined ? null : valueOf(one.coverage, 'coverage'))))
  const diversity = spread(judged.map((one) => (one === undefined ? null : valueOf(one.diversity, 'ratio'))))
  return `${coverage} · ${diversity} · ${spread(cells.map(({ trainedRecalls }) => trainedRecalls[label] ?? null))}`
}

/** A number of a measured value, or null. */
function valueOf<Value extends object, Name extends keyof Value>(measured: Measured<Value>, name: Name): number | null {
  if (measured.kind === 'notMeaningful') return null
  const value = (measured as Value)[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function kernelText(cells: readonly Cell[], space: keyof Omit<Judgement, 'labelFidelity'>): string {
  const kernels = cells.flatMap(({ judgement }) => (judgement === null ? [] : [judgement[space].kernel]))
  const refused = kernels.find((kernel) => kernel.kind === 'notMeaningful')
  if (refused?.kind === 'notMeaningful') return `not meaningful at n = ${refused.images}`
  return spread(kernels.map((kernel) => valueOf(kernel, 'distance')))
}

function floorText(cells: readonly Cell[], space: keyof Omit<Judgement, 'labelFidelity'>): string {
  const kernels = cells.flatMap(({ judgement }) => (judgement === null ? [] : [judgement[space].kernel]))
  const [first] = kernels
  if (first === undefined || first.kind === 'notMeaningful') return '–'
  return `${number(first.floor)} ± ${number(first.floorDeviation)} (${first.subsetSize} a side)`
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}

/** Mean ± standard deviation over the seeds. */
function spread(values: readonly (number | null)[], digits?: number): string {
  const average = mean(values)
  if (average === null) return '–'
  const known = values.filter((value) => value !== null)
  if (known.length < 2) return number(average, digits)
  const variance = known.reduce((sum, value) => sum + (value - average) ** 2, 0) / (known.length - 1)
  return `${number(average, digits)} ± ${number(Math.sqrt(variance), digits)}`
}

const percentSpread = (values: readonly (number | null)[]): string =>
  `${spread(
    values.map((value) => (value === null ? null : 100 * value)),
    1,
  )} %`
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`
const number = (value: number, digits?: number): string => value.toFixed(digits ?? (Math.abs(value) >= 100 ? 0 : 2))

const row = (name: string, recipes: readonly string[], cell: (recipe: string) => string): readonly string[] => [
  name,
  ...recipes.map(cell),
]

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
