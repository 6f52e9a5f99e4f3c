import { cp, rm } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { RecipeId, type ParameterValues } from '../../../contract/training.ts'
import { loadEngine } from '../../../native-worker/trainer/engines/load-engine.ts'
import type { Engine } from '../../../native-worker/trainer/engines/engine.ts'
import { completeParameters, findRecipe } from '../../../native-worker/trainer/recipes/registry.ts'
import { appFolders } from '../../../native-worker/files/app-folders.ts'
import { findComputeRuntime } from '../../../native-worker/service/children/compute-runtime.ts'
import { createImagesClient } from '../../../native-worker/service/children/images-client.ts'
import { appendCell, cellKey, readCells, type Cell, type TrainingLimit } from './cell-log.ts'
import { writeFilm } from './film.ts'
import { joinLabelled } from './join-labelled.ts'
import { countLabels, StudyJudge } from './judge-samples.ts'
import { prepareSet, type StudySet } from './prepare-set.ts'
import { readStudyOptions, type StudyOptions } from './study-options.ts'
import { studySets, type StudySetPlan } from './study-sets.ts'
import { trainPart, type CellOptions, type TrainedPart } from './train-cell.ts'
import { fileNameOf, writeReport } from './write-report.ts'

/*
 * Which recipe makes the best images of rare classes in the same time? Trains every recipe on every set with every seed in the
 * real trainer child, judges the images against held-out real ones, and writes the report. What is finished is kept in
 * `<out>/results.jsonl`: start it again after an interruption and it goes on.
 *
 *   node tests/bench/study/recipes.bench.ts --xsdd … --neu … --out … --report docs/studies/recipes-<date>.md
 */

const runtime = findComputeRuntime(fileURLToPath(new URL('../../../native-worker', import.meta.url)))

async function main(): Promise<void> {
  const options = readStudyOptions(process.argv.slice(2))
  const log = join(options.out, 'results.jsonl')
  if (!options.reportOnly) {
    const client = createImagesClient({
      node: runtime.nodePath,
      entry: runtime.imagesEntry,
      onLog: (text) => process.stderr.write(text),
    })
    try {
      const engine = await loadEngine(options.engine, { cacheFolder: appFolders().cache })
      const names = options.sets.split(',')
      for (const plan of studySets.filter(({ name }) => names.includes(name))) {
        await studyOneSet(plan, { options, log, engine, client })
      }
    } finally {
      client.close()
    }
  }
  if (options.report === undefined) return
  const films = join(options.out, 'films')
  const beside = options.report.replace(/\.md$/, '')
  await rm(beside, { recursive: true, force: true })
  await cp(films, beside, { recursive: true })
  await writeReport(await readCells(log), { file: options.report, limit: limitOf(options), size: options.size })
  say(`report: ${options.report}`)
}

async function studyOneSet(
  plan: StudySetPlan,
  {
    options,
    log,
    engine,
    client,
  }: { options: StudyOptions; log: string; engine: Engine; client: ReturnType<typeof createImagesClient> },
): Promise<void> {
  const { size } = options
  const limit = limitOf(options)
  const wanted = Array.from({ length: options.seeds }, (_, index) => index + 1).flatMap((seed) =>
    ['real', ...options.recipes.split(',')].map((recipe) => ({ set: plan.name, recipe, seed, limit, size })),
  )
  const done = new Set((await readCells(log)).map(cellKey))
  const missing = wanted.filter((cell) => !done.has(cellKey(cell)))
  if (missing.length === 0) return
  const set = await prepareSet(plan, {
    folder: options[plan.option],
    workFolder: join(options.out, plan.name),
    size,
    client,
  })
  const judge = new StudyJudge(engine, set)
  const { featureAccuracy } = judge
  say(`${plan.name}: feature network reaches ${(100 * featureAccuracy).toFixed(1)} % on held-out images`)
  const classCount = set.classNames.length
  for (const cell of missing) {
    try {
      await finishCell(cell)
    } catch (thrown) {
      // A run that dies is missing from the report and is tried again at the next start; the others go on.
      console.error(`${cellKey(cell)} failed:`, thrown)
      process.exitCode = 1
    }
  }

  async function finishCell(cell: (typeof missing)[number]): Promise<void> {
    const began = Date.now()
    const folder = join(options.out, 'work', plan.name, fileNameOf(cell.recipe), String(cell.seed))
    await rm(folder, { recursive: true, force: true })
    const parts =
      cell.recipe === 'real'
        ? []
        : await trainRecipe(set, { ...cell, ...readRecipe(cell.recipe), runtime, client, engine: engine.name, folder })
    const [loadAverage = Number.NaN] = loadavg()
    const images = parts.length === 0 ? null : joinLabelled(parts.map((part) => part.images))
    const lesson = judge.teach(images, cell)
    const finished: Cell = {
      ...cell,
      engine: engine.name,
      classNames: set.classNames,
      trainingCounts: countLabels(set.trainingImages, classCount),
      heldOutCounts: countLabels(set.heldOut, classCount),
      steps: parts.map(({ steps }) => steps),
      seconds: parts.reduce((sum, { seconds }) => sum + seconds, 0),
      loadAverage,
      featureAccuracy,
      trainedAccuracy: lesson.balancedAccuracy,
      trainedRecalls: lesson.recalls,
      judgement: images === null ? null : judge.judge(images),
    }
    if (parts.length > 0 && cell.seed === 1) {
      const file = join(options.out, 'films', `${plan.name}-${fileNameOf(cell.recipe)}.png`)
      await writeFilm(
        parts.map(({ snapshots }) => snapshots),
        { imagesFolder: join(folder, 'images'), file },
      )
    }
    await rm(folder, { recursive: true, force: true })
    await appendCell(log, finished)
    say(`${cellKey(cell)}: ${((Date.now() - began) / 1000).toFixed(0)} s, ${summarise(finished)}`)
  }
}

const limitOf = ({ minutes, steps }: StudyOptions): TrainingLimit =>
  steps === undefined ? { unit: 'minutes', amount: minutes } : { unit: 'steps', amount: steps }

/** One network for all classes, or one a class with an equal part of the time or the steps each. */
async function trainRecipe(set: StudySet, options: CellOptions): Promise<readonly TrainedPart[]> {
  const { scope } = findRecipe(options.recipe)
  const classCount = set.classNames.length
  const training = countLabels(set.trainingImages, classCount)
  const heldOut = countLabels(set.heldOut, classCount)
  const wanted = training.map((count, label) => Math.max(count, heldOut[label] ?? 0))
  if (scope === 'all-classes') return [await trainPart(set.training, { ...options, wanted, name: 'all' })]
  const parts: TrainedPart[] = []
  for (const [label, own] of set.trainingByClass.entries()) {
    const part = await trainPart(own, {
      ...options,
      limit: { ...options.limit, amount: options.limit.amount / classCount },
      wanted: [wanted[label] ?? 0],
      name: `class-${label}`,
    })
    parts.push({ ...part, images: { ...part.images, labels: part.images.labels.map(() => label) } })
  }
  return parts
}

/** `recipe`, `recipe:preset` and either with parameters: `crgan+edition=1+base=none`. */
function readRecipe(text: string): { recipe: RecipeId; parameters: ParameterValues } {
  const [name = '', ...settings] = text.split('+')
  const [id, preset] = name.split(':')
  const recipe = v.parse(RecipeId, id)
  const ofPreset = preset === undefined ? {} : findRecipe(recipe).presets[preset]
  if (ofPreset === undefined) throw new Error(`${recipe} has no preset “${preset ?? ''}”`)
  const set = Object.fromEntries(settings.map((setting) => setting.split('=') as [string, string]))
  return { recipe, parameters: completeParameters(findRecipe(recipe), { ...ofPreset, ...set }) }
}

function summarise({ trainedAccuracy, judgement, steps }: Cell): string {
  const accuracy = `trained accuracy ${trainedAccuracy.toFixed(3)}`
  if (judgement === null) return accuracy
  const { kernel } = judgement.learned
  const distance =
    kernel.kind === 'measured' ? `KID ${kernel.distance.toFixed(3)} (floor ${kernel.floor.toFixed(3)})` : 'KID –'
  return `steps ${steps.join('+')}, ${distance}, ${accuracy}`
}

function say(text: string): void {
  process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`)
}

await main()
