/** What is known of an image about the part it shows. */
export interface GroupableImage {
  readonly id: number
  readonly sourceSha256: string
  /** The group in which people put it; null where they did not. */
  readonly hand: number | null
  /** The middle of the group that the search found; null where it found none. */
  readonly middle: number | null
  /** What the name of its file says; null where it says nothing. */
  readonly part: string | null
}

/**
 * The group of each image that is not alone, by the lowest id of its images. What people decided counts most: images that they put into
 * different groups never meet, whatever else speaks for it.
 */
export function formGroups(images: readonly GroupableImage[]): ReadonlyMap<number, number> {
  const sets = new Sets(images)
  const joinBy = (keyOf: (image: GroupableImage) => string | number | null): void => {
    const firsts = new Map<string | number, number>()
    for (const image of images) {
      const key = keyOf(image)
      if (key === null) continue
      const first = firsts.get(key)
      if (first === undefined) firsts.set(key, image.id)
      else sets.join(first, image.id)
    }
  }
  joinBy(({ hand }) => hand)
  joinBy(({ sourceSha256 }) => sourceSha256)
  // From the middle outwards: where people split a group, each image goes with its side of it, or stays alone.
  const present = new Set(images.map(({ id }) => id))
  for (const { id, middle } of images) if (middle !== null && present.has(middle)) sets.join(middle, id)
  // The middle itself may be gone.
  joinBy(({ middle }) => (middle === null || present.has(middle) ? null : middle))
  joinBy(({ part }) => part)
  return sets.groups()
}

/** Union-find in which sets that people keep apart are not joined. */
class Sets {
  readonly #parents = new Map<number, number>()
  readonly #hands = new Map<number, number>()

  constructor(images: readonly GroupableImage[]) {
    for (const { id, hand } of images) {
      this.#parents.set(id, id)
      if (hand !== null) this.#hands.set(id, hand)
    }
  }

  #rootOf(id: number): number {
    let root = id
    for (let parent = this.#parents.get(root) ?? root; parent !== root; parent = this.#parents.get(root) ?? root)
      root = parent
    for (let at = id; at !== root;) {
      const next = this.#parents.get(at) ?? root
      this.#parents.set(at, root)
      at = next
    }
    return root
  }

  join(first: number, second: number): void {
    const [a, b] = [this.#rootOf(first), this.#rootOf(second)]
    if (a === b) return
    const [handA, handB] = [this.#hands.get(a), this.#hands.get(b)]
    if (handA !== undefined && handB !== undefined && handA !== handB) return
    // The lowest id leads, so that it names the group.
    const [root, other] = a < b ? [a, b] : [b, a]
    this.#parents.set(other, root)
    const hand = handA ?? handB
    if (hand !== undefined) this.#hands.set(root, hand)
  }

  groups(): ReadonlyMap<number, number> {
    const sizes = new Map<number, number>()
    for (const id of this.#parents.keys()) sizes.set(this.#rootOf(id), (sizes.get(this.#rootOf(id)) ?? 0) + 1)
    const groups = new Map<number, number>()
    for (const id of this.#parents.keys()) if ((sizes.get(this.#rootOf(id)) ?? 0) > 1) groups.set(id, this.#rootOf(id))
    return groups
  }
}
