import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { availableParallelism } from 'node:os'
import * as v from 'valibot'
import { FlawsmithError, fromFailure } from '../../../contract/errors.ts'
import type { ImagesClient, ImagesRequest, WatchedRequest } from '../../../contract/images.ts'
import { ImagesResponse } from '../../../contract/images.ts'
import { syncsAtOnce } from '../../files/bulk-writer.ts'
import { answerInvalid } from './answer-invalid.ts'

type RequestOf<Kind extends ImagesRequest['kind']> = Omit<Extract<ImagesRequest, { kind: Kind }>, 'kind' | 'id'>

interface ImagesClientOptions {
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
 * Starts the images child at the first request and again after it died. A death fails the requests under way and
 * nothing else.
 */
export function createImagesClient({ node, entry, env = process.env, onLog }: ImagesClientOptions): ImagesClient {
  let child: ChildProcess | null = null
  let lastId = 0
  const pending = new Map<number, Pending>()

  function lose(lost: ChildProcess, failure: FlawsmithError): void {
    if (child !== lost) return
    child = null
    for (const { reject } of pending.values()) reject(failure)
    pending.clear()
  }

  /** Ends a child that cannot be believed; the next request starts another one. */
  function refuse(problem: string): FlawsmithError {
    const failure = answerInvalid('images', problem)
    const refused = child
    if (refused !== null) {
      lose(refused, failure)
      refused.kill('SIGKILL')
    }
    return failure
  }

  function start(): ChildProcess {
    const started = spawn(node, [entry], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      windowsHide: true,
      env: { ...env, ...forManyPictures },
    })
    started.on('message', (message) => {
      if (child !== started) return
      const checked = v.safeParse(ImagesResponse, message)
      if (checked.success && checked.output.kind === 'progressed') {
        pending.get(checked.output.id)?.onProgress?.(checked.output.done, checked.output.total)
      } else if (checked.success) {
        pending.get(checked.output.id)?.resolve(checked.output)
        pending.delete(checked.output.id)
      } else {
        refuse(v.summarize(checked.issues))
      }
    })
    started.stderr?.setEncoding('utf8').on('data', (text: string) => onLog?.(text))
    started.on('error', (error) => lose(started, died(error.message)))
    started.on('exit', (code, signal) => lose(started, died(signal ?? `exit code ${code ?? 'unknown'}`)))
    return started
  }

  async function request<Kind extends ImagesRequest['kind']>(
    kind: Kind,
    body: RequestOf<Kind>,
    { signal, onProgress }: WatchedRequest = {},
  ): Promise<ImagesResponse> {
    child ??= start()
    const running = child
    const id = ++lastId
    signal?.throwIfAborted()
    const cancel = (): void => {
      // A child that is gone has ended the request by itself.
      request('cancel', { cancels: id }).catch((failure: unknown) => onLog?.(String(failure)))
    }
    signal?.addEventListener('abort', cancel, { once: true })
    const answered = new Promise<ImagesResponse>((resolve, reject) => {
      pending.set(id, { resolve, reject, ...(onProgress === undefined ? {} : { onProgress }) })
      running.send({ ...body, kind, id }, (error) => {
        if (error === null || !pending.delete(id)) return
        reject(new FlawsmithError('compute_died', `The process that reads images is gone (${error.message}).`))
      })
    })
    const response = await answered.finally(() => signal?.removeEventListener('abort', cancel))
    if (response.kind === 'failed') throw fromFailure(response.failure)
    return response
  }

  /** Well-formed, but no answer to what was asked. */
  const unexpected = (problem: string): never => {
    throw refuse(problem)
  }

  return {
    ingest: async (body) => {
      const response = await request('ingest', body)
      if (response.kind !== 'ingested') return unexpected(response.kind)
      const { files } = response
      return files.length === body.files.length ? files : unexpected(`${files.length} of ${body.files.length} files`)
    },
    inspect: async (body) => {
      const response = await request('inspect', body)
      if (response.kind !== 'inspected') return unexpected(response.kind)
      const { files } = response
      return files.length === body.files.length ? files : unexpected(`${files.length} of ${body.files.length} files`)
    },
    derive: async (body) => {
      const response = await request('derive', body)
      if (response.kind !== 'derived') return unexpected(response.kind)
      const { pictures } = response
      return pictures.length === body.items.length
        ? pictures
        : unexpected(`${pictures.length} of ${body.items.length} pictures`)
    },
    render: async (body) => {
      const response = await request('render', body)
      if (response.kind !== 'rendered') return unexpected(response.kind)
      const { pictures } = response
      return pictures.length === body.items.length
        ? pictures
        : unexpected(`${pictures.length} of ${body.items.length} pictures`)
    },
    copy: async (body) => {
      const response = await request('copy', body)
      if (response.kind !== 'copied') return unexpected(response.kind)
      const { missing } = response
      return missing.every((place) => place < body.items.length) ? missing : unexpected('a picture that was not sent')
    },
    rank: async (body) => {
      const response = await request('rank', body)
      if (response.kind !== 'ranked') return unexpected(response.kind)
      const { order } = response
      const isOrder = new Set(order).size === body.pictures.length && order.every((at) => at < body.pictures.length)
      return isOrder && order.length === body.pictures.length ? order : unexpected('an order that is none')
    },
    pack: async (body) => {
      const response = await request('pack', body)
      return response.kind === 'packed' ? response.sha256 : unexpected(response.kind)
    },
    judgeLabels: async (body, watch) => {
      const response = await request('judgeLabels', body, watch)
      if (response.kind !== 'labelsJudged') return unexpected(response.kind)
      const { suspects, outliers, tooSmall, unclear, unread, neighboursAsked, fewestOfAClass } = response
      const places = [...suspects, ...outliers].map(({ image }) => image).concat(unread)
      if (places.some((place) => place >= body.pictures.length)) return unexpected('a picture that was not sent')
      return { suspects, outliers, tooSmall, unclear, unread, neighboursAsked, fewestOfAClass }
    },
    group: async (body, watch) => {
      const response = await request('group', body, watch)
      if (response.kind !== 'grouped') return unexpected(response.kind)
      const { groups, pairs, unread } = response
      const members = groups.flat().map(({ image }) => image)
      if (new Set(members).size < members.length) return unexpected('an image in two groups')
      const stranger = [...members, ...unread].find((image) => image >= body.images.length)
      return stranger === undefined
        ? { groups, pairs, unread }
        : unexpected(`image ${stranger} of ${body.images.length}`)
    },
    drawSampleSet: async (body) => {
      const response = await request('drawSampleSet', body)
      return response.kind === 'drawn' ? response.files : unexpected(response.kind)
    },
    keepFrame: async (body) => {
      const response = await request('keepFrame', body)
      return response.kind === 'keptFrame' ? response.frame : unexpected(response.kind)
    },
    prepareFrame: async (body) => {
      const response = await request('prepareFrame', body)
      return response.kind === 'preparedFrame' ? response.frame : unexpected(response.kind)
    },
    drawTiles: async (body) => {
      const response = await request('drawTiles', body)
      if (response.kind !== 'drewTiles') return unexpected(response.kind)
      const { tiles } = response
      return tiles.length === body.tiles.length ? tiles : unexpected(`${tiles.length} of ${body.tiles.length} tiles`)
    },
    cutPatches: async (body) => {
      const response = await request('cutPatches', body)
      if (response.kind !== 'cutPatches') return unexpected(response.kind)
      const { cut } = response
      return !cut.ok || cut.patches.length === body.windows.length
        ? cut
        : unexpected(`${cut.patches.length} of ${body.windows.length} patches`)
    },
    readMask: async (body) => {
      const response = await request('readMask', body)
      return response.kind === 'readMask' ? response.mask : unexpected(response.kind)
    },
    proposeDefects: async (body) => {
      const response = await request('proposeDefects', body)
      if (response.kind !== 'defectsProposed') return unexpected(response.kind)
      const { pictures } = response
      return pictures.length === body.pictures.length
        ? pictures
        : unexpected(`${pictures.length} of ${body.pictures.length} pictures`)
    },
    readMasks: async (body) => {
      const response = await request('readMasks', body)
      if (response.kind !== 'masksRead') return unexpected(response.kind)
      const { files } = response
      return files.length === body.files.length ? files : unexpected(`${files.length} of ${body.files.length} files`)
    },
    describe: async () => {
      const response = await request('describe', {})
      return response.kind === 'described'
        ? { sharp: response.sharp, libvips: response.libvips }
        : unexpected(response.kind)
    },
    close: () => {
      const closed = child
      if (closed === null) return
      lose(closed, died('closed'))
      closed.kill()
    },
  }
}

const died = (why: string): FlawsmithError =>
  new FlawsmithError('compute_died', `The process that reads images ended (${why}).`, { why })
