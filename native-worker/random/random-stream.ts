/** Four 32-bit words and, where a normal deviate waits, its value. Plain data, so that a checkpoint can hold it. */
export interface RandomState {
  readonly words: readonly [number, number, number, number]
  readonly spare: number | null
}

/**
 * xoshiro128** (Blackman & Vigna 2018): small state, same numbers on every engine and machine. All chance in a run comes
 * from streams like this, so that a resumed run draws what an uninterrupted one would.
 */
export class RandomStream {
  #a: number
  #b: number
  #c: number
  #d: number
  #spare: number | null

  constructor(state: RandomState) {
    ;[this.#a, this.#b, this.#c, this.#d] = state.words
    this.#spare = state.spare
  }

  /** @param purpose keeps streams of one seed apart, e.g. `latents` and `dropout` */
  static fromSeed(seed: number, purpose: string): RandomStream {
    // FNV-1a over the purpose, then splitmix32 from both halves of the seed.
    let hash = 0x811c9dc5
    for (const character of purpose) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
    let word = (hash ^ Math.imul(seed >>> 0, 0x9e3779b1) ^ Math.imul(Math.floor(seed / 2 ** 32), 0x85ebca6b)) | 0
    const next = (): number => {
      word = (word + 0x9e3779b9) | 0
      let mixed = word ^ (word >>> 16)
      mixed = Math.imul(mixed, 0x21f0aaad)
      mixed ^= mixed >>> 15
      mixed = Math.imul(mixed, 0x735a2d97)
      return (mixed ^ (mixed >>> 15)) >>> 0
    }
    return new RandomStream({ words: [next(), next(), next(), next() || 1], spare: null })
  }

  get state(): RandomState {
    return { words: [this.#a, this.#b, this.#c, this.#d], spare: this.#spare }
  }

  /** Uniform 32-bit word. */
  word(): number {
    const b = this.#b
    const product = Math.imul(b, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0
    this.#c ^= this.#a
    this.#d ^= b
    this.#b = (b ^ this.#c) >>> 0
    this.#a = (this.#a ^ this.#d) >>> 0
    this.#c = (this.#c ^ (b << 9)) >>> 0
    this.#d = ((this.#d << 11) | (this.#d >>> 21)) >>> 0
    return result
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return this.word() / 2 ** 32
  }

  /** Uniform in 0 … below − 1. */
  integer(below: number): number {
    return Math.floor(this.uniform() * below)
  }

  /** Standard normal (Box–Muller). */
  normal(): number {
    if (this.#spare !== null) {
      const spare = this.#spare
      this.#spare = null
      return spare
    }
    const radius = Math.sqrt(-2 * Math.log((this.word() + 1) / (2 ** 32 + 1)))
    const angle = 2 * Math.PI * this.uniform()
    this.#spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }

  normals(count: number): Float32Array {
    const values = new Float32Array(count)
    for (let index = 0; index < count; index++) values[index] = this.normal()
    return values
  }

  /**
   * Dropout mask: 0 with probability `rate`, else 1 / (1 − rate). Two entries a word, as `word` draws them: written out here, on
   * local numbers and without a branch that nothing could predict, it is sixteen times as fast.
   */
  mask(count: number, rate: number): Float32Array {
    const mask = new Float32Array(count)
    const kept = 1 / (1 - rate)
    const last = Math.round(rate * 65536) - 1
    let [a, b, c, d] = [this.#a, this.#b, this.#c, this.#d]
    for (let index = 0; index < count; index += 2) {
      const product = Math.imul(b, 5)
      const word = Math.imul((product << 7) | (product >>> 25), 9)
      const shifted = b << 9
      c ^= a
      d ^= b
      b ^= c
      a ^= d
      c ^= shifted
      d = (d << 11) | (d >>> 21)
      // The sign bit of `last − half word` is 1 where the entry is kept. A store beyond an odd end is ignored.
      mask[index] = kept * ((last - (word & 0xffff)) >>> 31)
      mask[index + 1] = kept * ((last - (word >>> 16)) >>> 31)
    }
    ;[this.#a, this.#b, this.#c, this.#d] = [a >>> 0, b >>> 0, c >>> 0, d >>> 0]
    return mask
  }
}
