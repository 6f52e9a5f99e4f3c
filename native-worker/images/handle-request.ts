import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import PQueue from 'p-queue'
import sharp from 'sharp'
import { toFailure } from '../../contract/errors.ts'
import type { ImagesRequest, ImagesResponse } from '../../contract/images.ts'
import { asStorageFailure } from '../files/storage-failure.ts'
import { ingestFiles } from './ingest-files.ts'
import { packImages } from './pack-images.ts'
import { drawSampleSet } from './sample-set/draw-sample-set.ts'

// One thread a picture and one picture a core: small pictures gain nothing from being shared among threads.
sharp.concurrency(1)
sharp.cache(false)
const queue = new PQueue({ concurrency: availableParallelism() })

/** Answers every request once; whatever goes wrong is an answer too. */
export async function handleRequest(request: ImagesRequest): Promise<ImagesResponse> {
  try {
    return await answer(request)
  } catch (thrown) {
    const expected = asStorageFailure(thrown, folderOf(request))
    const failure = toFailure(expected)
    // The stack goes to the log of the service, through standard error.
    if (failure.code === 'internal') console.error(thrown)
    return { kind: 'failed', id: request.id, failure }
  }
}

async function answer(request: ImagesRequest): Promise<ImagesResponse> {
  const { id } = request
  switch (request.kind) {
    case 'ingest':
      return { kind: 'ingested', id, files: await ingestFiles(request, queue) }
    case 'pack':
      return { kind: 'packed', id, sha256: await packImages(request, queue) }
    case 'drawSampleSet':
      return { kind: 'drawn', id, files: await drawSampleSet(request) }
    case 'describe':
      return { kind: 'described', id, sharp: sharp.versions.sharp, libvips: sharp.versions.vips }
  }
}

function folderOf(request: ImagesRequest): string {
  switch (request.kind) {
    case 'ingest':
      return request.imagesFolder
    case 'pack':
      return dirname(request.file)
    case 'drawSampleSet':
      return request.folder
    case 'describe':
      return ''
  }
}
