import { existsSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { UpliftResult } from '../../../../contract/uplift.ts'
import { runFlawsmith } from './run-flawsmith.ts'
import { thinClasses } from './thin-classes.ts'
import { upliftSets, type UpliftSetPlan } from './uplift-sets.ts'
import { writeWhole } from '../../../../native-worker/files/write-whole.ts'
import { writeUpliftReport, type StudiedSet } from './write-uplift-report.ts'

/*
 * Does anything synthetic help on real data? Makes a project of every set with the commands of the app, lets each source draw, keeps
 * what the gate keeps, measures the full verdict, and writes the report. A set that has its verdict is not measured again. On a slow or
 * shared machine `--minutes` gives a verdict the time that its trainings need.
 *
 *   node tests/bench/study/uplift/uplift.bench.ts --tiles … --xsdd … --neu … --out … --report docs/studies/uplift-<date>.md
 */

/** Candidates of each source and class that lacks images: four times what it lacks is the largest dose. */
const mostDrawn = 800
const largestDose = 4

const Images = v.object({
  images: v.array(
    v.object({
      ...{ id: v.number(), className: v.string(), classId: v.number() },
      ...{ split: v.picklist(['train', 'val', 'test']), groupId: v.nullable(v.number()) },
    }),
  ),
})
const Run = v.object({ run: v.number() })
const Samples = v.object({ samples: v.array(v.object({ id: v.number(), state: v.string() })) })

async function main(): Promise<void> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    options: {
      tiles: text,
      xsdd: text,
      neu: text,
      out: text,
      report: text,
      sets: text,
      minutes: text,
      'report-only': { type: 'boolean' },
    },
  })
  const { out, report, sets = upliftSets.map(({ name }) => name).join() } = values
  if (out === undefined) throw new Error('say where projects and results go: --out <folder outside the repository>')
  const chosen = upliftSets.filter(({ name }) => sets.split(',').includes(name))
  for (const plan of values['report-only'] === true ? [] : chosen) {
    const folder = values[plan.option]
    if (folder === undefined) throw new Error(`say where ${plan.name} is: --${plan.option} <folder>`)
    await studySet(plan, { folder: resolve(folder), out: resolve(out), minutes: values.minutes })
  }
  if (report !== undefined) await writeUpliftReport(await readStudied(resolve(out)), report)
}

async function studySet(
  plan: UpliftSetPlan,
  { folder, out, minutes }: { folder: string; out: string; minutes: string | undefined },
): Promise<void> {
  if ((await readStudied(out)).some(({ plan: { name } }) => name === plan.name)) return
  const project = join(out, plan.name)
  const drawn = join(out, `${plan.name}.sources.json`)
  await mkdir(out, { recursive: true })
  if (!existsSync(drawn)) {
    await rm(project, { recursive: true, force: true })
    await prepareProject(plan, { project, folder })
    await writeWhole(drawn, JSON.stringify(await drawSamples(plan, project)))
  }
  const sources = JSON.parse(await readFile(drawn, 'utf8')) as StudiedSet['sources']
  const wish = [
    ...(minutes === undefined ? [] : ['--minutes', minutes]),
    ...(plan.arms === undefined ? [] : ['--arms', plan.arms.join()]),
  ]
  const result = v.parse(UpliftResult, await runFlawsmith('uplift', project, ...wish))
  await writeWhole(join(out, `${plan.name}.json`), JSON.stringify({ plan, sources, result } satisfies StudiedSet))
}

async function prepareProject(
  plan: UpliftSetPlan,
  { project, folder }: { project: string; folder: string },
): Promise<void> {
  await runFlawsmith('init', project, '--size', '64', '--channels', '1')
  await bringIn(plan, { project, folder })
  const { splitSeed } = plan
  await runFlawsmith('splits', 'draw', project, '--val', '0.1', '--test', '0.4', '--seed', String(splitSeed))
  // Locked before images leave: else the rest would be divided anew.
  await runFlawsmith('splits', 'lock', project)
  const leaving = thinClasses(await listImages(project), { keep: plan.train, seed: splitSeed }).map(String)
  for (let start = 0; start < leaving.length; start += 200) {
    await runFlawsmith('images', 'exclude', project, ...leaving.slice(start, start + 200), '--by', 'study')
  }
  if (plan.freeOfDefects !== null) await runFlawsmith('marks', 'free', project, plan.freeOfDefects, '--by', 'study')
}

/** Every source draws for every class that lacks images; what the gate leaves is accepted, and nobody looks. */
async function drawSamples(plan: UpliftSetPlan, project: string): Promise<StudiedSet['sources']> {
  const counts = new Map<string, number>()
  for (const { className, split } of await listImages(project)) {
    if (split === 'train') counts.set(className, (counts.get(className) ?? 0) + 1)
  }
  const largest = Math.max(...counts.values())
  const sources: StudiedSet['sources'][number][] = []
  for (const { recipe, minutes } of plan.sources) {
    const time = minutes === undefined ? [] : ['--minutes', String(minutes)]
    const { run } = v.parse(Run, await runFlawsmith('train', project, '--recipe', recipe, ...time))
    for (const [name, images] of counts) {
      const count = Math.min(mostDrawn, largestDose * (largest - images))
      if (count === 0) continue
      await runFlawsmith('generate', project, '--run', String(run), '--class', name, '--count', String(count))
    }
    await runFlawsmith('score', project, '--run', String(run))
    const { samples } = v.parse(Samples, await runFlawsmith('samples', project, '--run', String(run)))
    const kept = samples.filter(({ state }) => state === 'pending').map(({ id }) => String(id))
    for (let start = 0; start < kept.length; start += 500) {
      const some = kept.slice(start, start + 500)
      await runFlawsmith('review', project, '--by', 'the gate; nobody looked', '--accept', ...some)
    }
    sources.push({ recipe, minutes: minutes ?? null, drawn: samples.length, kept: kept.length })
  }
  return sources
}

async function bringIn(
  { bring, freeOfDefects, train }: UpliftSetPlan,
  { project, folder }: { project: string; folder: string },
): Promise<void> {
  if (bring === 'folders') {
    await runFlawsmith('import', project, folder, '--layout', 'classes')
    return
  }
  const good = freeOfDefects === null || !(freeOfDefects in train) ? [] : ['--good', '1', '--good-class', freeOfDefects]
  const cut = ['--size', '128', '--margin', '0.1', '--join', '16', ...good]
  await runFlawsmith('crops', project, join(folder, 'images'), '--masks', join(folder, 'masks'), ...cut)
}

const listImages = async (project: string): Promise<v.InferOutput<typeof Images>['images']> =>
  v.parse(Images, await runFlawsmith('images', 'list', project)).images

async function readStudied(out: string): Promise<readonly StudiedSet[]> {
  const texts = await Promise.all(
    upliftSets.map(({ name }) => readFile(join(out, `${name}.json`), 'utf8').catch(() => null)),
  )
  return texts.flatMap((text) => (text === null ? [] : [JSON.parse(text) as StudiedSet]))
}

await main()
