import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { availableParallelism } from 'node:os'
import * as v from 'valibot'
import { FlawsmithError, fromFailure } from '../../../contract/errors.ts'
import type { ImagesRequest, WatchedRequest } from '../../../contract/images.ts'
import { ImagesResponse } from '../../../contract/images.ts'
import { syncsAtOnce } from '../../files/bulk-writer.ts'
import { answerInvalid } from './answer-invalid.ts'

export type RequestOf<Kind extends ImagesRequest['kind']> = Omit<Extract<ImagesRequest, { kind: Kind }>, 'kind' | 'id'>

export interface ImagesProcessOptions {
  /** The Node that runs the child. */
  readonly node: string
  /** The child's bundle, or its source where `node` reads TypeScript. */
  readonly entry: string
  readonly env?: NodeJS.ProcessEnv
  /** What the child says on standard error. */
  readonly onLog?: (text: string) => void
}

const forManyPictures: NodeJS.ProcessEnv = {
  // Decoding and waiting for the disk share this pool: nothing is decoded while as many files are synced as it has threads.
  UV_THREADPOOL_SIZE: String(availableParallelism() + syncsAtOnce),
  // The allocator of Linux gives the memory of every picture back to the system and asks for it again with the next one.
  MALLOC_TRIM_THRESHOLD_: String(64 * 1024 * 1024),
}

interface Pending {
  readonly resolve: (response: ImagesResponse) => void
  readonly reject: (failure: FlawsmithError) => void
  readonly onProgress?: WatchedRequest['onProgress']
}

/**
 * One images child: started by the first request, and again by the first after it died. A death fails the requests under way and
 * nothing else.
 */
export class ImagesProcess {
  readonly #options: ImagesProcessOptions
  #child: ChildProcess | null = null
  #lastId = 0
  readonly #pending = new Map<number, Pending>()

  constructor(options: ImagesProcessOptions) {
    this.#options = options
  }

  async request<Kind extends ImagesRequest['kind']>(
    kind: Kind,
    body: RequestOf<Kind>,
    { signal, onProgress }: WatchedRequest = {},
  ): Promise<ImagesResponse> {
    const running = (this.#child ??= this.#start())
    const id = ++this.#lastId
    signal?.throwIfAborted()
    const cancel = (): void => {
      // A child that is gone has ended the request by itself.
      this.request('cancel', { cancels: id }).catch((failure: unknown) => this.#options.onLog?.(String(failure)))
    }
    signal?.addEventListener('abort', cancel, { once: true })
    const answered = new Promise<ImagesResponse>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, ...(onProgress === undefined ? {} : { onProgress }) })
      running.send({ ...body, kind, id }, (error) => {
        if (error === null || !this.#pending.delete(id)) return
        reject(new FlawsmithError('compute_died', `The process that reads images is gone (${error.message}).`))
      })
    })
    const response = await answered.finally(() => signal?.removeEventListener('abort', cancel))
    if (response.kind === 'failed') throw fromFailure(response.failure)
    return response
  }

  /** Its answer was well-formed, but none to what was asked: ends the child, which cannot be believed. @throws FlawsmithError `compute_answer_invalid` */
  unexpected(problem: string): never {
    throw this.#refuse(problem)
  }

  close(): void {
    const closed = this.#child
    if (closed === null) return
    this.#lose(closed, died('closed'))
    closed.kill()
  }

  #start(): ChildProcess {
    const { node, entry, env = process.env, onLog } = this.#options
    const started = spawn(node, [entry], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      windowsHide: true,
      env: { ...env, ...forManyPictures },
    })
    started.on('message', (message) => {
      if (this.#child !== started) return
      const checked = v.safeParse(ImagesResponse, message)
      if (checked.success && checked.output.kind === 'progressed') {
        this.#pending.get(checked.output.id)?.onProgress?.(checked.output.done, checked.output.total)
      } else if (checked.success) {
        this.#pending.get(checked.output.id)?.resolve(checked.output)
        this.#pending.delete(checked.output.id)
      } else {
        this.#refuse(v.summarize(checked.issues))
      }
    })
    started.stderr?.setEncoding('utf8').on('data', (text: string) => onLog?.(text))
    started.on('error', (error) => {
      this.#lose(started, died(error.message))
    })
    started.on('exit', (code, signal) => {
      this.#lose(started, died(signal ?? `exit code ${code ?? 'unknown'}`))
    })
    return started
  }

  #lose(lost: ChildProcess, failure: FlawsmithError): void {
    if (this.#child !== lost) return
    this.#child = null
    for (const { reject } of this.#pending.values()) reject(failure)
    this.#pending.clear()
  }

  /** Ends a child that cannot be believed; the next request starts another one. */
  #refuse(problem: string): FlawsmithError {
    const failure = answerInvalid('images', problem)
    const refused = this.#child
    if (refused !== null) {
      this.#lose(refused, failure)
      refused.kill('SIGKILL')
    }
    return failure
  }
}

const died = (why: string): FlawsmithError =>
  new FlawsmithError('compute_died', `The process that reads images ended (${why}).`, { why })
