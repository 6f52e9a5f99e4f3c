import { hyperbolicTangent } from './hyperbolic-tangent'
import { argument, pointerArgument } from './job'
import { multiplyAdd } from './vector'

/*
 * What follows a convolution of crgan's generator, maps [batch, pixels, channels]; a task is an image.
 *
 * Arguments: x · bias [channels] · film [batch, 2 · channels] · strength [batch, channels] · noise [batch, pixels] · pixels ·
 * channels · output · output gradient · gradients of film · of strength · of bias, one an image
 */
const INPUT = 0
const BIAS = 1
const FILM = 2
const STRENGTH = 3
const NOISE = 4
const PIXELS = 5
const CHANNELS = 6
const OUTPUT = 7
const GRADIENT = 8
const FILM_GRADIENT = 9
const STRENGTH_GRADIENT = 10
const BIAS_GRADIENT = 11

/** Sums run over so many pixels, then over the runs: short sums lose little. */
const RUN: i32 = 64

/** (x + bias) · (1 + scale) + shift + strength · noise. Channels four by four, where there are as many. */
export function modulate(image: i32): void {
  const pixels = argument(PIXELS)
  const channels = argument(CHANNELS)
  const pixelBytes = (<usize>channels) << 2
  const start = <usize>image * <usize>pixels * pixelBytes
  const noise = pointerArgument(NOISE) + ((<usize>(image * pixels)) << 2)
  const bias = pointerArgument(BIAS)
  const scale = pointerArgument(FILM) + <usize>image * (pixelBytes << 1)
  const shift = scale + pixelBytes
  const strength = pointerArgument(STRENGTH) + <usize>image * pixelBytes
  const one = f32x4.splat(1)
  let channel: usize = 0
  for (; channel + 16 <= pixelBytes; channel += 16) {
    const gain = f32x4.add(one, v128.load(scale + channel))
    const offset = multiplyAdd(v128.load(bias + channel), gain, v128.load(shift + channel))
    const strong = v128.load(strength + channel)
    let from = pointerArgument(INPUT) + start + channel
    let to = pointerArgument(OUTPUT) + start + channel
    for (let pixel = 0; pixel < pixels; pixel++, from += pixelBytes, to += pixelBytes) {
      const grains = multiplyAdd(strong, v128.load_splat<f32>(noise + ((<usize>pixel) << 2)), offset)
      v128.store(to, multiplyAdd(v128.load(from), gain, grains))
    }
  }
  for (; channel < pixelBytes; channel += 4) {
    const gain: f32 = 1 + load<f32>(scale + channel)
    const offset = load<f32>(bias + channel) * gain + load<f32>(shift + channel)
    const strong = load<f32>(strength + channel)
    let from = pointerArgument(INPUT) + start + channel
    let to = pointerArgument(OUTPUT) + start + channel
    for (let pixel = 0; pixel < pixels; pixel++, from += pixelBytes, to += pixelBytes)
      store<f32>(to, load<f32>(from) * gain + offset + strong * load<f32>(noise + ((<usize>pixel) << 2)))
  }
}

export function modulateGradient(image: i32): void {
  const pixels = argument(PIXELS)
  const channels = argument(CHANNELS)
  const pixelBytes = (<usize>channels) << 2
  const start = <usize>image * <usize>pixels * pixelBytes
  const noise = pointerArgument(NOISE) + ((<usize>(image * pixels)) << 2)
  const bias = pointerArgument(BIAS)
  const scale = pointerArgument(FILM) + <usize>image * (pixelBytes << 1)
  const film = pointerArgument(FILM_GRADIENT) + <usize>image * (pixelBytes << 1)
  const strength = pointerArgument(STRENGTH_GRADIENT) + <usize>image * pixelBytes
  const ofBias = pointerArgument(BIAS_GRADIENT) + <usize>image * pixelBytes
  const zero = f32x4.splat(0)
  let channel: usize = 0
  for (; channel + 16 <= pixelBytes; channel += 16) {
    const gain = f32x4.add(f32x4.splat(1), v128.load(scale + channel))
    let gradients = zero
    let products = zero
    let noises = zero
    for (let first = 0; first < pixels; first += RUN) {
      const end = min(pixels, first + RUN)
      let at = start + <usize>first * pixelBytes + channel
      let partGradients = zero
      let partProducts = zero
      let partNoises = zero
      for (let pixel = first; pixel < end; pixel++, at += pixelBytes) {
        const dy = v128.load(pointerArgument(GRADIENT) + at)
        v128.store(pointerArgument(OUTPUT) + at, f32x4.mul(dy, gain))
        partGradients = f32x4.add(partGradients, dy)
        partProducts = multiplyAdd(dy, v128.load(pointerArgument(INPUT) + at), partProducts)
        partNoises = multiplyAdd(dy, v128.load_splat<f32>(noise + ((<usize>pixel) << 2)), partNoises)
      }
      gradients = f32x4.add(gradients, partGradients)
      products = f32x4.add(products, partProducts)
      noises = f32x4.add(noises, partNoises)
    }
    v128.store(film + channel, multiplyAdd(v128.load(bias + channel), gradients, products))
    v128.store(film + pixelBytes + channel, gradients)
    v128.store(strength + channel, noises)
    v128.store(ofBias + channel, f32x4.mul(gain, gradients))
  }
  for (; channel < pixelBytes; channel += 4) {
    const gain: f32 = 1 + load<f32>(scale + channel)
    let gradients: f64 = 0
    let products: f64 = 0
    let noises: f64 = 0
    let at = start + channel
    for (let pixel = 0; pixel < pixels; pixel++, at += pixelBytes) {
      const dy = load<f32>(pointerArgument(GRADIENT) + at)
      store<f32>(pointerArgument(OUTPUT) + at, dy * gain)
      gradients += <f64>dy
      products += <f64>dy * <f64>load<f32>(pointerArgument(INPUT) + at)
      noises += <f64>dy * <f64>load<f32>(noise + ((<usize>pixel) << 2))
    }
    store<f32>(film + channel, <f32>(products + <f64>load<f32>(bias + channel) * gradients))
    store<f32>(film + pixelBytes + channel, <f32>gradients)
    store<f32>(strength + channel, <f32>noises)
    store<f32>(ofBias + channel, <f32>(<f64>gain * gradients))
  }
}

/** tanh of the first channels of x + bias, with the last as the strength of the grain; the grain lies where noise does. */
export function paint(image: i32): void {
  const pixels = argument(PIXELS)
  const channels = argument(CHANNELS)
  const colours = channels - 1
  const bias = pointerArgument(BIAS)
  const place = image * pixels
  let from = pointerArgument(INPUT) + ((<usize>(place * channels)) << 2)
  let to = pointerArgument(OUTPUT) + ((<usize>(place * colours)) << 2)
  let grain = pointerArgument(NOISE) + ((<usize>place) << 2)
  const last = (<usize>colours) << 2
  const first = to
  for (let pixel = 0; pixel < pixels; pixel++, grain += 4, from += 4) {
    const grains = (load<f32>(from + last) + load<f32>(bias + last)) * load<f32>(grain)
    for (let colour: usize = 0; colour < last; colour += 4, from += 4, to += 4)
      store<f32>(to, load<f32>(from) + load<f32>(bias + colour) + grains)
  }
  let at = first
  for (; at + 16 <= to; at += 16) v128.store(at, hyperbolicTangent(v128.load(at)))
  for (; at < to; at += 4) v128.store32_lane(at, hyperbolicTangent(v128.load32_zero(at)), 0)
}

/** Here the output is the gradient at x, the input what paint gave. */
export function paintGradient(image: i32): void {
  const pixels = argument(PIXELS)
  const channels = argument(CHANNELS)
  const colours = channels - 1
  const place = image * pixels
  const ofBias = pointerArgument(BIAS_GRADIENT) + ((<usize>(image * channels)) << 2)
  memory.fill(ofBias, 0, (<usize>channels) << 2)
  for (let channel = 0; channel < channels; channel++) {
    let gradient = pointerArgument(GRADIENT) + ((<usize>(place * colours)) << 2)
    let value = pointerArgument(INPUT) + ((<usize>(place * colours)) << 2)
    let to = pointerArgument(OUTPUT) + ((<usize>(place * channels)) << 2)
    const grain = pointerArgument(NOISE) + ((<usize>place) << 2)
    let sum: f64 = 0
    for (let pixel = 0; pixel < pixels; pixel++) {
      let here: f32 = 0
      if (channel < colours) {
        const offset = (<usize>channel) << 2
        const y = load<f32>(value + offset)
        here = load<f32>(gradient + offset) * (1 - y * y)
      } else {
        for (let offset: usize = 0; offset < (<usize>colours) << 2; offset += 4) here += load<f32>(to + offset)
        here *= load<f32>(grain + ((<usize>pixel) << 2))
      }
      store<f32>(to + ((<usize>channel) << 2), here)
      sum += <f64>here
      gradient += (<usize>colours) << 2
      value += (<usize>colours) << 2
      to += (<usize>channels) << 2
    }
    store<f32>(ofBias + ((<usize>channel) << 2), <f32>sum)
  }
}
