import { spawn, spawnSync } from 'node:child_process'
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { EngineName } from '../../contract/engines.ts'
import type { TrainerReport, TrainerTask } from '../../contract/trainer.ts'
import type { RecipeId } from '../../contract/training.ts'
import { findTensorflowPack } from '../../native-worker/trainer/engines/tensorflow/installation/find-tensorflow-pack.ts'
import { appFolders } from '../../native-worker/files/app-folders.ts'
import { childEnvironment } from '../../native-worker/service/children/child-environment.ts'
import { median } from '../helpers/bench-line.ts'

/*
 * Milliseconds of a training step, ours and the peer's in turn: a busy moment hits both. One line a case and engine.
 * FLAWSMITH_PEER_PYTHON names a Python with torch, and with keras and tensorflow for acgan; without it `peerMs` and `ratio`
 * are null. With names of recipes as arguments, only those.
 */

interface Case {
  readonly recipe: RecipeId
  readonly size: number
  readonly channels: 1 | 3
  readonly batch: number
  readonly peer: Peer | null
  /** Fewer where a step takes seconds. */
  readonly rounds: number
  /** Of a round; whole cycles where not every step does the same. */
  readonly steps: number
}

interface Peer {
  readonly script: string
  readonly needs: string
}
const torch: Peer = { script: 'torch_step.py', needs: 'torch' }
const torchCrgan: Peer = { script: 'torch_crgan_step.py', needs: 'torch' }
const keras: Peer = { script: 'keras_step.py', needs: 'keras, tensorflow' }

const cases: readonly Case[] = [
  { recipe: 'dcgan-96', size: 64, channels: 3, batch: 16, peer: torch, rounds: 5, steps: 6 },
  { recipe: 'dcgan-96', size: 96, channels: 3, batch: 16, peer: torch, rounds: 5, steps: 6 },
  { recipe: 'sn-dcgan-128', size: 128, channels: 3, batch: 12, peer: torch, rounds: 2, steps: 6 },
  { recipe: 'mlp-gan', size: 28, channels: 1, batch: 16, peer: torch, rounds: 5, steps: 6 },
  { recipe: 'acgan', size: 64, channels: 3, batch: 16, peer: keras, rounds: 5, steps: 6 },
  { recipe: 'crgan', size: 64, channels: 1, batch: 8, peer: torchCrgan, rounds: 5, steps: 24 },
]
const asked = process.argv.slice(2)
const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`
const python = process.env['FLAWSMITH_PEER_PYTHON']
const canImport = (modules: string): boolean =>
  python !== undefined && spawnSync(python, ['-c', `import ${modules}`]).status === 0
const peersHere = [torch, torchCrgan, keras].filter(({ needs }) => canImport(needs))

/** A `bench` task in a trainer child of its own, as `flawsmith bench engine` runs it. */
function timeOurs({ recipe, size, channels, batch, steps }: Case, engine: EngineName): Promise<readonly number[]> {
  const entry = join(import.meta.dirname, '../../native-worker/trainer/child.ts')
  const task: TrainerTask = { kind: 'bench', recipe, parameters: {}, engine, batch, steps, size, channels }
  const child = spawn(process.execPath, [entry], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: childEnvironment(),
  })
  child.send(task)
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      const report = message as TrainerReport
      if (report.kind === 'benched') resolve(report.stepMs)
      if (report.kind === 'failed') reject(new Error(`${recipe} on ${engine}: ${report.failure.message}`))
    })
    child.once('close', (code) => {
      reject(new Error(`${recipe} on ${engine} ended with ${code ?? 'a signal'}`))
    })
  })
}

function timePeer({ recipe, size, channels, batch, peer, steps }: Case): readonly number[] {
  if (python === undefined || peer === null || !peersHere.includes(peer)) return []
  const script = join(import.meta.dirname, 'peers', peer.script)
  const given = [recipe, size, channels, batch, steps].map(String)
  const { status, stdout, stderr } = spawnSync(python, [script, ...given], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as number[]
}

const pack = await findTensorflowPack(appFolders().cache)
const engines = pack.kind === 'found' ? (['tensorflow', 'wasm'] as const) : (['wasm'] as const)
for (const engine of engines) {
  for (const one of cases.filter(({ recipe }) => asked.length === 0 || asked.includes(recipe))) {
    const ours: number[] = []
    const peer: number[] = []
    for (let round = 0; round < one.rounds; round++) {
      ours.push(...(await timeOurs(one, engine)))
      peer.push(...timePeer(one))
    }
    const { recipe, size, batch } = one
    const oursMs = Number(median(ours).toFixed(1))
    const peerMs = peer.length === 0 ? null : Number(median(peer).toFixed(1))
    const ratio = peerMs === null ? null : Number((oursMs / peerMs).toFixed(2))
    const line = { bench: 'engine-step', recipe, size, batch, engine, oursMs, peerMs, ratio, machine }
    process.stdout.write(`${JSON.stringify(line)}\n`)
  }
}
