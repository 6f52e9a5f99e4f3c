const bits = new DataView(new ArrayBuffer(4))

/** The nearest IEEE 754 half-precision number as its 16 bits, ties to even; beyond 65,504 infinity. */
export function toHalf(value: number): number {
  bits.setFloat32(0, value)
  const word = bits.getUint32(0)
  const sign = (word >>> 16) & 0x8000
  const exponent = ((word >>> 23) & 0xff) - 112
  const fraction = word & 0x7fffff
  if (exponent >= 0x8f) return sign | (fraction === 0 ? 0x7c00 : 0x7e00)
  if (exponent >= 31) return sign | 0x7c00
  if (exponent < -10) return sign
  // Below the smallest normal number the leading 1 is written out and all shifts to the right.
  const whole = exponent > 0 ? fraction | (exponent << 23) : fraction | 0x800000
  const shift = exponent > 0 ? 13 : 14 - exponent
  const kept = whole >>> shift
  const rest = whole & ((1 << shift) - 1)
  const half = 1 << (shift - 1)
  return sign | (kept + (rest > half || (rest === half && (kept & 1) === 1) ? 1 : 0))
}

export function fromHalf(half: number): number {
  const sign = (half & 0x8000) === 0 ? 1 : -1
  const exponent = (half >>> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
