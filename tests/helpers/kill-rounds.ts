import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunId } from '../../contract/ids.ts'
import { RandomStream } from '../../native-worker/random/random-stream.ts'
import { openProject } from '../../native-worker/project/open-project.ts'
import { verifyProject } from '../../native-worker/project/verify-project.ts'
import { latestCheckpoint } from '../../native-worker/project/storage/checkpoints.ts'
import { getRun, listRuns } from '../../native-worker/project/storage/runs.ts'
import { drawClassFolders } from './class-folders.ts'

/*
 * Trains through the command line, kills the trainer or the service at random moments, and looks at what is left. Linux only: the
 * trainer's process is found in /proc.
 */

export interface KillRound {
  readonly victim: 'trainer' | 'service'
  /** Killed while it started, or while it trained. */
  readonly early: boolean
  /** From the start, or from the first line about a step. */
  readonly afterMs: number
  readonly status: string
  /** Where the sitting began; null where it was killed before its trainer had begun. */
  readonly from: number | null
  /** The newest checkpoint afterwards; null where there is none yet. */
  readonly checkpointStep: number | null
  /** What `verify` found; empty when all is well. */
  readonly problems: readonly string[]
}

type Outcome = Pick<KillRound, 'status' | 'checkpointStep' | 'problems'>

const cli = join(import.meta.dirname, '../../native-worker/cli/main.ts')
const classes = { scratch: 12, pit: 7 }
const never = '1000000'

export class KillTest {
  readonly #folder: string
  readonly #project: string
  readonly #random: RandomStream

  constructor(folder: string, { seed }: { seed: number }) {
    this.#folder = folder
    this.#project = join(folder, 'project')
    this.#random = RandomStream.fromSeed(seed, 'kills')
  }

  async prepare(): Promise<void> {
    await drawClassFolders(join(this.#folder, 'images'), classes)
    await this.#flawsmith(['init', this.#project, '--size', '16', '--channels', '1'])
    await this.#flawsmith(['import', this.#project, join(this.#folder, 'images'), '--fit', 'crop'])
  }

  /** One sitting of the run that is under way, or of a new one where none has a checkpoint, killed at a random moment. */
  async round(): Promise<KillRound> {
    const run = this.#current()
    const resume = run?.checkpointStep === null || run === null ? null : run.id
    const what =
      resume === null ? ['--recipe', 'acgan', '--seed', '3', '--param', 'batch=8'] : ['--resume', String(resume)]
    const engine = resume === null ? ['--engine', 'wasm'] : []
    const service = this.#start(['train', this.#project, ...what, ...engine, '--steps', never])
    // One in four while everything starts, the others while it trains.
    const early = this.#random.uniform() < 0.25
    const afterMs = Math.round(this.#random.uniform() * (early ? 4000 : 2000))
    if (!early) await service.trains
    await new Promise((resolve) => setTimeout(resolve, afterMs))
    const trainer = findTrainer(service.pid)
    const victim = trainer !== null && this.#random.uniform() < 0.5 ? 'trainer' : 'service'
    process.kill(victim === 'trainer' && trainer !== null ? trainer : service.pid, 'SIGKILL')
    const log = await service.ended
    if (trainer !== null) await hasEnded(trainer)
    return { victim, early, afterMs, from: firstStep(log), ...(await this.inspect()) }
  }

  /** Lets the run go on for some steps to its end. */
  async finish(steps: number): Promise<Outcome> {
    const run = this.#current()
    if (run === null || run.checkpointStep === null) throw new Error('no run has come to a checkpoint')
    const target = String(run.checkpointStep + steps)
    await this.#flawsmith(['train', this.#project, '--resume', String(run.id), '--steps', target])
    return this.inspect()
  }

  /** What a user finds who opens the project now. */
  async inspect(): Promise<Outcome> {
    const project = openProject(this.#project, { sqliteBinding: null })
    try {
      const run = listRuns(project.db)[0]
      const { problems } = await verifyProject({ project })
      return {
        status: run === undefined ? 'none' : getRun(project.db, run.id).status,
        checkpointStep: run === undefined ? null : (latestCheckpoint(project.db, run.id)?.step ?? null),
        problems: problems.map(({ kind, path, detail }) => `${kind} ${path}: ${detail}`),
      }
    } finally {
      project.close()
    }
  }

  #current(): { readonly id: RunId; readonly checkpointStep: number | null } | null {
    const project = openProject(this.#project, { sqliteBinding: null })
    try {
      return listRuns(project.db)[0] ?? null
    } finally {
      project.close()
    }
  }

  async #flawsmith(args: readonly string[]): Promise<void> {
    const { code, log } = await this.#start(args).result
    if (code !== 0) throw new Error(`flawsmith ${args.join(' ')} ended with ${String(code)}:\n${log}`)
  }

  #start(args: readonly string[]) {
    const child = spawn(process.execPath, [cli, ...args, '--json'], {
      env: { ...process.env, FLAWSMITH_DATA: join(this.#folder, 'data'), FLAWSMITH_CHECKPOINT_SECONDS: '0.2' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let log = ''
    child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()))
    const trains = new Promise<void>((resolve) => {
      child.stderr.on('data', (chunk: Buffer) => {
        log += chunk.toString()
        if (firstStep(log) !== null) resolve()
      })
      child.once('exit', () => {
        resolve()
      })
    })
    const result = new Promise<{ code: number | null; log: string }>((resolve) => {
      child.once('exit', (code) => {
        resolve({ code, log })
      })
    })
    return { pid: child.pid ?? 0, trains, result, ended: result.then((ended) => ended.log) }
  }
}

function firstStep(log: string): number | null {
  const found = /step (\d+) ·/.exec(log)?.[1]
  return found === undefined ? null : Number(found)
}

/** The trainer child of a service process; null while there is none. */
function findTrainer(service: number): number | null {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = readProcess(name, 'stat')
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    if (parent === service && readProcess(name, 'cmdline').includes('trainer')) return Number(name)
  }
  return null
}

function readProcess(pid: string, what: 'stat' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8')
  } catch (thrown) {
    // It has ended since the folder was read.
    if (thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ESRCH')) return ''
    throw thrown
  }
}

/** An orphaned trainer ends by itself. @throws where it still runs after twenty seconds */
async function hasEnded(pid: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const state = readProcess(String(pid), 'stat')
    if (state === '' || state.slice(state.lastIndexOf(')') + 2).startsWith('Z')) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`the trainer ${pid} outlived its service by twenty seconds`)
}
