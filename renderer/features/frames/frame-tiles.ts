import type { FrameId, Sha256 } from '../../../contract/ids.ts'
import type { TilePlace } from '../../../contract/large-frames.ts'
import { framePictureUrl } from '../../bridge/media-url.ts'

/** Decoded tiles that are kept: one of 512 × 512 takes a megabyte. */
const mostKept = 240
const mostAtOnce = 24

type Ask = (frameId: FrameId, tiles: readonly TilePlace[]) => Promise<readonly (Sha256 | null)[]>

interface Tile {
  readonly image: HTMLImageElement | null
  /** Counts up with every use. */
  used: number
}

/** The tiles of one frame: asked for in few requests, the newest wishes first, and kept while they fit. */
export class FrameTiles {
  readonly #frameId: FrameId
  readonly #ask: Ask
  readonly #onLoad: () => void
  readonly #tiles = new Map<string, Tile>()
  readonly #asked = new Set<string>()
  #wishes: readonly TilePlace[] = []
  #asking = false
  #uses = 0
  #closed = false

  /** @param onLoad something can be drawn that could not be before */
  constructor({ frameId, ask, onLoad }: { frameId: FrameId; ask: Ask; onLoad: () => void }) {
    this.#frameId = frameId
    this.#ask = ask
    this.#onLoad = onLoad
  }

  /** Null until it is there. */
  find(place: TilePlace): HTMLImageElement | null {
    const tile = this.#tiles.get(keyOf(place))
    if (tile === undefined) return null
    tile.used = ++this.#uses
    return tile.image
  }

  /** What is to be seen now, the most important first; what was wished before and is not there yet no longer counts. */
  wish(places: readonly TilePlace[]): void {
    this.#wishes = places.filter((place) => !this.#tiles.has(keyOf(place)) && !this.#asked.has(keyOf(place)))
    void this.#fetch()
  }

  close(): void {
    this.#closed = true
    this.#wishes = []
    this.#tiles.clear()
  }

  async #fetch(): Promise<void> {
    if (this.#asking) return
    this.#asking = true
    try {
      while (this.#wishes.length > 0) {
        const batch = this.#wishes.slice(0, mostAtOnce)
        this.#wishes = this.#wishes.slice(mostAtOnce)
        for (const place of batch) this.#asked.add(keyOf(place))
        const hashes = await this.#ask(this.#frameId, batch)
        for (const place of batch) this.#asked.delete(keyOf(place))
        batch.forEach((place, index) => {
          const sha256 = hashes[index]
          if (sha256 !== null && sha256 !== undefined) this.#load(place, sha256)
        })
      }
    } finally {
      this.#asking = false
    }
  }

  #load(place: TilePlace, sha256: Sha256): void {
    const key = keyOf(place)
    const image = new Image()
    this.#asked.add(key)
    image.onload = () => {
      this.#asked.delete(key)
      if (this.#closed) return
      this.#tiles.set(key, { image, used: ++this.#uses })
      this.#trim()
      this.#onLoad()
    }
    // Taken out of the cache meanwhile: asked for again when it is in view.
    image.onerror = () => {
      this.#asked.delete(key)
    }
    image.src = framePictureUrl(sha256)
  }

  #trim(): void {
    if (this.#tiles.size <= mostKept) return
    const oldest = [...this.#tiles].sort(([, a], [, b]) => a.used - b.used).slice(0, this.#tiles.size - mostKept)
    for (const [key] of oldest) this.#tiles.delete(key)
  }
}

const keyOf = ({ level, column, row }: TilePlace): string => `${String(level)}/${String(column)}/${String(row)}`
