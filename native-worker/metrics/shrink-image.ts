interface Shrinking {
  /** Pixels per edge before and after. */
  readonly from: number
  readonly to: number
  readonly channels: number
}

/** Makes square images smaller, each new pixel the mean of what it covers; the size it has already gives the image itself. */
export function imageShrinker({ from, to, channels }: Shrinking): (source: Uint8Array) => Uint8Array {
  if (from <= to) return (source) => source
  const shares = sharesOf(from, to)
  return (source) => {
    const target = new Uint8Array(to * to * channels)
    for (let row = 0; row < to; row++)
      for (let column = 0; column < to; column++)
        for (let channel = 0; channel < channels; channel++) {
          let value = 0
          for (const down of shares[row] ?? [])
            for (const across of shares[column] ?? [])
              value +=
                down.share * across.share * (source[(down.place * from + across.place) * channels + channel] ?? 0)
          target[(row * to + column) * channels + channel] = Math.round(value)
        }
    return target
  }
}

/** For every new place, which old ones it covers and how much of it each is. */
function sharesOf(
  from: number,
  to: number,
): readonly (readonly { readonly place: number; readonly share: number }[])[] {
  const step = from / to
  return Array.from({ length: to }, (_, place) => {
    const start = place * step
    const end = start + step
    const covered = []
    for (let old = Math.floor(start); old < Math.min(from, Math.ceil(end)); old++) {
      const share = (Math.min(end, old + 1) - Math.max(start, old)) / step
      if (share > 1e-9) covered.push({ place: old, share })
    }
    return covered
  })
}
