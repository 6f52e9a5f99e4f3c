import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import PQueue from 'p-queue'
import sharp from 'sharp'
import { FlawsmithError, toFailure } from '../../contract/errors.ts'
import type { PreparedFrame } from '../../contract/frame-images.ts'
import type { ImagesRequest, ImagesResponse } from '../../contract/images.ts'
import { asStorageFailure } from '../files/storage-failure.ts'
import { cutPatches } from './frames/cut-patches.ts'
import { drawTiles } from './frames/draw-tiles.ts'
import { keepFrame } from './frames/keep-frame.ts'
import { prepareFrame } from './frames/prepare-frame.ts'
import type { FrameSource } from './frames/prepare-frame.ts'
import { readMask } from './frames/read-mask.ts'
import { refusalAnswer } from './frames/refusal-answer.ts'
import { inspectFiles } from './inspect-files.ts'
import { copyPictures } from './copy-pictures.ts'
import { derivePictures } from './derive-pictures.ts'
import { ingestFiles } from './ingest-files.ts'
import { groupImages } from './near-duplicates/group-images.ts'
import { rankPictures } from './rank-pictures.ts'
import { renderPictures } from './render-pictures.ts'
import { fewestOfAClass, neighboursAsked } from '../metrics/label-check/judge-labels.ts'
import { judgePictures } from './judge-labels.ts'
import { packImages } from './pack-images.ts'
import { paintPictures } from './paint-pictures.ts'
import { proposeDefects } from './propose-defects.ts'
import { readMasks } from './read-masks.ts'
import { drawSampleSet } from './sample-set/draw-sample-set.ts'

// One thread a picture and one picture a core: small pictures gain nothing from being shared among threads.
sharp.concurrency(1)
sharp.cache(false)
const queue = new PQueue({ concurrency: availableParallelism() })

/** Requests that can be cancelled. */
const cancellable = new Map<number, AbortController>()

/** Answers every request once, after what it tells of its progress; whatever goes wrong is an answer too. */
export async function handleRequest(
  request: ImagesRequest,
  tell: (progress: ImagesResponse) => void,
): Promise<ImagesResponse> {
  try {
    return await answer(request, tell)
  } catch (thrown) {
    const expected = asStorageFailure(thrown, folderOf(request))
    const failure = toFailure(expected)
    // The stack goes to the log of the service, through standard error.
    if (failure.code === 'internal') console.error(thrown)
    return { kind: 'failed', id: request.id, failure }
  }
}

async function answer(request: ImagesRequest, tell: (progress: ImagesResponse) => void): Promise<ImagesResponse> {
  const { id } = request
  switch (request.kind) {
    case 'ingest':
      return { kind: 'ingested', id, files: await ingestFiles(request, queue) }
    case 'inspect':
      return { kind: 'inspected', id, files: await inspectFiles(request, queue) }
    case 'derive':
      return { kind: 'derived', id, pictures: await derivePictures(request, queue) }
    case 'render':
      return { kind: 'rendered', id, pictures: await renderPictures(request, queue) }
    case 'copy':
      return { kind: 'copied', id, missing: copyPictures(request) }
    case 'rank':
      return { kind: 'ranked', id, order: await rankPictures(request, queue) }
    case 'pack':
      return { kind: 'packed', id, sha256: await packImages(request, queue) }
    case 'paint':
      return watched(id, tell, async (watch) => ({ kind: 'painted', id, files: await paintPictures(request, watch) }))
    case 'drawSampleSet':
      return { kind: 'drawn', id, files: await drawSampleSet(request) }
    case 'keepFrame':
      return { kind: 'keptFrame', id, frame: await keepFrame(request) }
    case 'prepareFrame':
      return { kind: 'preparedFrame', id, frame: await describeFrame(request) }
    case 'drawTiles':
      return { kind: 'drewTiles', id, tiles: await drawTiles(request) }
    case 'cutPatches':
      return { kind: 'cutPatches', id, cut: await cutPatches(request, queue) }
    case 'readMask':
      return { kind: 'readMask', id, mask: await readMask(request.file) }
    case 'proposeDefects':
      return { kind: 'defectsProposed', id, pictures: await proposeDefects(request, queue) }
    case 'readMasks':
      return { kind: 'masksRead', id, files: await readMasks(request.files, queue) }
    case 'group': {
      // The file that was started as this process is its threads' as well.
      const entry = process.argv[1] ?? ''
      return watched(id, tell, async (watch) => ({
        ...{ kind: 'grouped', id },
        ...(await groupImages(request, { entry, ...watch })),
      }))
    }
    case 'judgeLabels':
      return watched(id, tell, async (watch) => ({
        ...{ kind: 'labelsJudged', id },
        ...(await judgePictures(request, { queue, ...watch })),
        ...{ neighboursAsked, fewestOfAClass },
      }))
    case 'cancel':
      cancellable.get(request.cancels)?.abort(new FlawsmithError('cancelled', 'Cancelled.'))
      return { kind: 'cancelling', id }
    case 'describe':
      return { kind: 'described', id, sharp: sharp.versions.sharp, libvips: sharp.versions.vips }
  }
}

/** Work that tells how far it is, and ends where it is cancelled. */
async function watched(
  id: number,
  tell: (progress: ImagesResponse) => void,
  work: (watch: {
    readonly signal: AbortSignal
    readonly onProgress: (done: number, total: number) => void
  }) => Promise<ImagesResponse>,
): Promise<ImagesResponse> {
  const abort = new AbortController()
  cancellable.set(id, abort)
  try {
    return await work({
      signal: abort.signal,
      onProgress: (done, total) => {
        tell({ kind: 'progressed', id, done, total })
      },
    })
  } finally {
    cancellable.delete(id)
  }
}

async function describeFrame(source: FrameSource): Promise<PreparedFrame> {
  try {
    const { levels, grey } = await prepareFrame(source)
    return { ok: true, levels, grey }
  } catch (thrown) {
    return refusalAnswer(thrown)
  }
}

function folderOf(request: ImagesRequest): string {
  switch (request.kind) {
    case 'ingest':
    case 'derive':
    case 'rank':
      return request.imagesFolder
    case 'pack':
      return dirname(request.file)
    case 'drawSampleSet':
    case 'paint':
    case 'render':
    case 'copy':
      return request.folder
    case 'keepFrame':
      return request.originalsFolder
    case 'prepareFrame':
      return request.viewsFolder
    case 'drawTiles':
    case 'cutPatches':
      return request.picturesFolder
    case 'proposeDefects':
    case 'judgeLabels':
      return request.imagesFolder
    case 'group':
      return dirname(request.spectraFile)
    case 'readMask':
    case 'readMasks':
    case 'inspect':
    case 'cancel':
    case 'describe':
      return ''
  }
}
