import { availableParallelism } from 'node:os'
import type { ImagesClient } from '../../../contract/images.ts'
import type { ImagesProcessOptions } from './images-process.ts'
import { ImagesProcess } from './images-process.ts'

/**
 * Two read pictures nearly twice as fast as one with two threads, whose threads wait for each other's locks. More would take more
 * memory: each reads as many pictures at once as there are cores.
 */
const processesAtOnce = Math.min(2, availableParallelism())
/** A process of its own is not worth starting for fewer. */
const worthSharing = 40

/** Requests about many files are shared among images children; all others go to the first. */
export function createImagesClient(options: ImagesProcessOptions): ImagesClient {
  const first = new ImagesProcess(options)
  const processes = [first, ...Array.from({ length: processesAtOnce - 1 }, () => new ImagesProcess(options))]
  const request: ImagesProcess['request'] = (kind, body, watch) => first.request(kind, body, watch)
  const unexpected = (problem: string): never => first.unexpected(problem)

  /** One answer an item, in their order. Fails as one, once nobody works on any of them. */
  async function shared<Item, Answer>(
    items: readonly Item[],
    ask: (some: Item[], process: ImagesProcess) => Promise<readonly Answer[]>,
  ): Promise<readonly Answer[]> {
    const sharing = items.length < worthSharing ? [first] : processes
    const length = Math.ceil(items.length / sharing.length)
    const ends = await Promise.allSettled(
      sharing.map(async (process, place) => {
        const some = items.slice(place * length, (place + 1) * length)
        const answers = await ask(some, process)
        return answers.length === some.length
          ? answers
          : process.unexpected(`${answers.length} answers about ${some.length}`)
      }),
    )
    return ends.flatMap((end) => {
      if (end.status === 'rejected') throw end.reason
      return end.value
    })
  }

  return {
    ingest: (body) =>
      shared(body.files, async (files, process) => {
        const response = await process.request('ingest', { ...body, files })
        return response.kind === 'ingested' ? response.files : process.unexpected(response.kind)
      }),
    inspect: (body) =>
      shared(body.files, async (files, process) => {
        const response = await process.request('inspect', { ...body, files })
        return response.kind === 'inspected' ? response.files : process.unexpected(response.kind)
      }),
    derive: (body) =>
      shared(body.items, async (items, process) => {
        const response = await process.request('derive', { ...body, items })
        return response.kind === 'derived' ? response.pictures : process.unexpected(response.kind)
      }),
    render: (body) =>
      shared(body.items, async (items, process) => {
        const response = await process.request('render', { ...body, items })
        return response.kind === 'rendered' ? response.pictures : process.unexpected(response.kind)
      }),
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
    paint: async (body, watch) => {
      const response = await request('paint', body, watch)
      if (response.kind !== 'painted') return unexpected(response.kind)
      const { files } = response
      const isWhole = files.every(({ surface }) => surface < body.surfaces.length)
      return isWhole ? files : unexpected('a surface that was not sent')
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
      for (const each of processes) each.close()
    },
  }
}
