import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** Where pictures of frames are made for looking: all of it can be made again. */
export interface FrameCache {
  readonly viewsFolder: string
  /** Tiles and previews by their hash, from where main serves them. */
  readonly picturesFolder: string
}

export function frameCache(cacheFolder: string): FrameCache {
  const viewsFolder = join(cacheFolder, 'frames')
  return { viewsFolder, picturesFolder: join(viewsFolder, 'pictures') }
}

/** The same with its folders made. */
export function readyFrameCache(cacheFolder: string): FrameCache {
  const cache = frameCache(cacheFolder)
  mkdirSync(cache.picturesFolder, { recursive: true })
  return cache
}
