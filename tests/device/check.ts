import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, release, totalmem } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runPart, type PartReport } from './run-part.ts'

/*
 * Tries the engines on the machine it runs on and writes one JSON report: the card, gradients, golden steps, milliseconds of a step
 * on every engine and in PyTorch. A part that fails is in the report and ends nothing. Ends with 0 once the report is written.
 */

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'device-report.json' },
    steps: { type: 'string', default: '200' },
    /** No part begins later, and none is left running. With more than is usual each part may take longer by as much. */
    seconds: { type: 'string', default: '255' },
    /** Engines that are tried, in this order; what is on no card takes at most `cpuSteps` steps. */
    engines: { type: 'string', default: 'webgpu,wasm' },
  },
})

const cpuSteps = 20
const cases = [
  { recipe: 'crgan', size: 64, channels: 1, batch: 8, peer: 'torch_crgan_step.py' },
  { recipe: 'dcgan-96', size: 96, channels: 3, batch: 16, peer: 'torch_step.py' },
] as const
const usualSeconds = 255
/** Of each part. */
const mostSeconds = { card: 30, gradients: 60, golden: 60, steps: 60, cpuSteps: 25, peer: 30 } as const

const entry = [join(import.meta.dirname, 'engine-part.js'), join(import.meta.dirname, 'engine-part.ts')].find(
  existsSync,
)
if (entry === undefined) throw new Error(`engine-part is missing beside ${import.meta.filename}`)
const peers = [join(import.meta.dirname, 'peers'), join(import.meta.dirname, '../bench/peers')].find(existsSync) ?? ''
const python = process.env['FLAWSMITH_PEER_PYTHON'] ?? 'python3'
const steps = Number(values.steps)
const patience = Math.max(1, Number(values.seconds) / usualSeconds)
const endsAt = performance.now() + Number(values.seconds) * 1000
const reports: PartReport[] = []

async function report(
  part: string,
  { engine, command, seconds }: { engine: string; command: readonly [string, ...string[]]; seconds: number },
): Promise<void> {
  const left = (endsAt - performance.now()) / 1000
  const done: PartReport =
    left < 5
      ? { part, engine, seconds: 0, passed: false, found: null, failure: 'not begun: no time was left' }
      : await runPart({ part, engine, command, timeoutSeconds: Math.round(Math.min(seconds * patience, left)) })
  reports.push(done)
  const told = done.passed ? JSON.stringify(done.found) : (done.failure?.split('\n')[0] ?? '')
  process.stdout.write(
    `${done.passed ? 'ok    ' : 'FAILED'} ${part} on ${engine} (${done.seconds} s): ${told.slice(0, 300)}\n`,
  )
}

const ours = (part: string, engine: string, args: readonly string[] = []): readonly [string, ...string[]] => [
  process.execPath,
  entry,
  part,
  '--engine',
  engine,
  ...args,
]

for (const engine of values.engines.split(',')) {
  const isCard = engine !== 'wasm' && engine !== 'tensorflow'
  for (const part of ['card', 'gradients', 'golden'] as const) {
    if (part === 'card' && !isCard) continue
    await report(part, { engine, command: ours(part, engine), seconds: mostSeconds[part] })
  }
  for (const { recipe, size, channels, batch } of cases) {
    const seconds = (isCard ? mostSeconds.steps : mostSeconds.cpuSteps) * patience
    const wanted = isCard ? steps : Math.min(steps, cpuSteps)
    const options = { recipe, size, channels, batch, steps: wanted, seconds }
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
    await report(`steps ${recipe} ${size} px`, {
      engine,
      command: ours('steps', engine, args),
      seconds: seconds / patience + 30,
    })
  }
}

const said = (command: string, args: readonly string[]): string | null => {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8', timeout: 30_000 })
  return status === 0 ? stdout.trim() : null
}
const torch = said(python, ['-c', 'import torch; print(torch.__version__, torch.cuda.is_available())'])
const [torchVersion = null, hasCuda = 'False'] = torch?.split(' ') ?? []
for (const device of torchVersion === null ? [] : hasCuda === 'True' ? ['cuda', 'cpu'] : ['cpu']) {
  for (const { recipe, size, channels, batch, peer } of cases) {
    if (!existsSync(join(peers, peer))) continue
    const wanted = device === 'cuda' ? steps : Math.min(steps, cpuSteps)
    const given = [recipe, size, channels, batch, wanted].map(String)
    const script = join(peers, peer)
    const command = [python, ...(device === 'cuda' ? [join(import.meta.dirname, 'on_cuda.py')] : []), script, ...given]
    await report(`steps ${recipe} ${size} px`, {
      engine: `torch-${device}`,
      command: command as unknown as readonly [string, ...string[]],
      seconds: mostSeconds.peer,
    })
  }
}

/** Ours on a card against everything else: below 1 ours is faster. */
const ratios = cases.flatMap(({ recipe, size }) => {
  const part = `steps ${recipe} ${size} px`
  const medianOn = (engine: string): number | null =>
    (reports.find((each) => each.part === part && each.engine === engine)?.found?.['medianMs'] as number | undefined) ??
    null
  const card = medianOn('webgpu')
  return ['wasm', 'torch-cpu', 'torch-cuda'].map((other) => {
    const otherMs = medianOn(other)
    const ratio = card === null || otherMs === null ? null : Number((card / otherMs).toFixed(2))
    return { recipe, size, webgpuMs: card, other, otherMs, ratio }
  })
})

const out = resolve(values.out)
mkdirSync(dirname(out), { recursive: true })
const document = {
  made: new Date().toISOString(),
  bundle: process.env['FLAWSMITH_DEVICE_BUNDLE'] ?? null,
  machine: {
    processor: cpus()[0]?.model.trim() ?? '',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    kernel: release(),
    node: process.versions.node,
    nvidia: said('nvidia-smi', ['--query-gpu=name,driver_version,memory.total', '--format=csv,noheader']),
    vulkanDrivers: process.env['VK_DRIVER_FILES'] ?? 'as installed',
    torch: torchVersion,
  },
  asked: { steps, cpuSteps: Math.min(steps, cpuSteps) },
  parts: reports,
  ratios,
}
writeFileSync(out, `${JSON.stringify(document, null, 2)}\n`)
process.stdout.write(`${reports.filter(({ passed }) => passed).length} of ${reports.length} parts passed: ${out}\n`)
