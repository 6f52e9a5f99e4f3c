import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { FlawsmithError } from '../../../contract/errors.ts'
import type { SampleId } from '../../../contract/ids.ts'
import type { RunSummary } from '../../../contract/training.ts'
import type { LocalClient } from '../../service/ports/local-client.ts'
import { writeFilmstrip } from '../filmstrip.ts'
import { folderName, positiveNumber } from '../parse-options.ts'
import { refuseUnlessEndedWell } from '../refuse-unless-ended-well.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { withClient } from '../with-client.ts'

/** From the base, scratches, pits and stains are there to be recognised by then on either engine of two cores. */
const defaultMinutes = 2
const inspector = 'Demo (accepts everything)'
const demoSeed = 20_261_122

export function addDemoCommand(program: Command, terminal: Terminal): void {
  program
    .command('demo')
    .description('the whole job on the built-in sample set: import, train, generate, review, export')
    .option('--out <folder>', 'a new folder for project and export', folderName, 'flawsmith-demo')
    .option('--minutes <number>', 'training time', positiveNumber)
    .option('--json', 'one JSON document on stdout')
    .action((options: { readonly out: string; readonly minutes?: number }) =>
      withClient(terminal, async (client) => {
        const out = unusedFolder(resolve(options.out), options.out === 'flawsmith-demo')
        const startedAt = Date.now()
        const project = join(out, 'project')
        terminal.log(`1/5 Drawing and importing the sample set into ${project}`)
        await client.perform('projects.createSample', { folder: project })
        const run = await train({ client, terminal, minutes: options.minutes })
        const accepted = await generateAndAccept({ client, terminal, run })
        const exportFolder = join(out, 'balanced')
        terminal.log(`5/5 Exporting to ${exportFolder}`)
        const exported = await client.perform('exports.run', {
          folder: exportFolder,
          layout: 'imagefolder',
          target: 'max',
        })
        const filmstrip = await writeFilmstrip({
          snapshots: await client.request('runs.snapshots', { runId: run.id }),
          imagesFolder: join(project, 'images'),
          file: join(out, 'filmstrip.png'),
        })
        const seconds = Math.round((Date.now() - startedAt) / 1000)
        const report = join(exportFolder, 'report.html')
        const { classes } = exported
        terminal.result(
          {
            out,
            project,
            export: exportFolder,
            report,
            filmstrip,
            run: run.id,
            engine: run.engine,
            steps: run.step,
            accepted,
            seconds,
            classes,
          },
          [
            ...formatTable([
              ['class', 'real', 'synthetic'],
              ...Object.entries(classes).map(([name, { real, synthetic }]) => [name, String(real), String(synthetic)]),
            ]),
            `Project   ${project}`,
            `Export    ${exportFolder}`,
            `Report    ${report}`,
            `Filmstrip ${filmstrip}`,
            `Done in ${seconds} s. Nobody looked at these samples: in the window, an inspector decides on every one.`,
          ],
        )
      }),
    )
}

/** The default folder gets a number when it is taken; a folder the user named is never written over. */
function unusedFolder(folder: string, mayNumber: boolean): string {
  if (!existsSync(folder)) return folder
  if (!mayNumber) {
    throw new FlawsmithError('folder_not_empty', `${folder} exists already. Name a new folder with --out.`, { folder })
  }
  let number = 2
  while (existsSync(`${folder}-${number}`)) number += 1
  return `${folder}-${number}`
}

async function train({
  client,
  terminal,
  minutes,
}: {
  client: LocalClient
  terminal: Terminal
  minutes: number | undefined
}): Promise<RunSummary> {
  const engine = (await client.request('engines.list', {})).find(({ chosen }) => chosen)?.name ?? 'wasm'
  const limit = minutes ?? defaultMinutes
  terminal.log(`2/5 Training crgan on ${engine} for ${limit} minutes`)
  const run = await client.waitForRun(
    await client.request('runs.start', { recipe: 'crgan', minutes: limit, seed: demoSeed, engine }),
  )
  refuseUnlessEndedWell(run)
  return run
}

/** As many samples a class as it lacks of the largest; every one accepted, under a name that says so. */
async function generateAndAccept({
  client,
  terminal,
  run,
}: {
  client: LocalClient
  terminal: Terminal
  run: RunSummary
}): Promise<number> {
  terminal.log('3/5 Generating what the rare classes lack')
  const sampleIds: SampleId[] = []
  for (const { classId, real, target } of await client.request('review.counts', {})) {
    if (real >= target) continue
    const { samples } = await client.perform('samples.generate', {
      runId: run.id,
      classId,
      count: target - real,
      seed: 1,
    })
    sampleIds.push(...samples)
  }
  terminal.log(`4/5 Accepting ${sampleIds.length} samples as “${inspector}”`)
  if (sampleIds.length > 0) await client.request('review.decide', { sampleIds, action: 'accept', by: inspector })
  return sampleIds.length
}
