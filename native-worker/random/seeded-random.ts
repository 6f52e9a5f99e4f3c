/** A stream of numbers that is the same on every machine, for drawing pictures. */
export interface SeededRandom {
  /** Uniform in [low, high). */
  between(low: number, high: number): number
  /** In [low, high), uniform in its logarithm: as often in 1 … 2 as in 2 … 4. */
  scale(low: number, high: number): number
  /** Integer in [low, high]. */
  integer(low: number, high: number): number
  /** True with probability `chance`. */
  happens(chance: number): boolean
  /** Normal with mean 0 and deviation 1. */
  gaussian(): number
  /** How many of many rare things happen (Poisson). */
  count(mean: number): number
  /** One of the choices, each as likely; naming one twice makes it twice as likely. */
  pick<Choice>(choices: readonly [Choice, ...Choice[]]): Choice
  /** A 32-bit seed: whatever it feeds may take as many numbers as it likes without moving those that follow here. */
  seed(): number
}

/** 32 bits of a string and a number, well mixed (FNV-1a, then the finaliser of MurmurHash3). */
export function mixSeed(seed: number, name: string): number {
  let hash = 0x811c9dc5 ^ seed
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** A Weyl sequence whose members are hashed: short, fast, and good enough for pictures. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number): number => low + (high - low) * next()
  return {
    between,
    scale: (low, high) => low * Math.exp(next() * Math.log(high / low)),
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    happens: (chance) => next() < chance,
    // Sum of twelve uniforms: exact arithmetic everywhere, unlike a logarithm's last bit.
    gaussian: () => {
      let sum = -6
      for (let i = 0; i < 12; i++) sum += next()
      return sum
    },
    count: (mean) => {
      const limit = Math.exp(-mean)
      let count = -1
      for (let product = 1; product > limit; count++) product *= next()
      return count
    },
    pick: (choices) => choices[Math.floor(next() * choices.length)] ?? choices[0],
    seed: () => Math.floor(next() * 2 ** 32),
  }
}
