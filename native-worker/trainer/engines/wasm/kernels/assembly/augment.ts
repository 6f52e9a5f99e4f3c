import { argument, pointerArgument } from './job'

/*
 * Differentiable augmentation of images [batch, height, width, channels] by plans; a task is an image.
 *
 * Arguments: images or gradient · plans · result · height · width · channels
 */
const VALUES = 0
const PLANS = 1
const RESULT = 2
const HEIGHT = 3
const WIDTH = 4
const CHANNELS = 5

/** Floats of a plan; engines/block-arithmetic.ts says which. */
const PLAN_BYTES: usize = 44

export function augment(image: i32): void {
  const plan = pointerArgument(PLANS) + <usize>image * PLAN_BYTES
  const height = argument(HEIGHT)
  const width = argument(WIDTH)
  const channels = argument(CHANNELS)
  const pixelBytes = (<usize>channels) << 2
  const length = height * width * channels
  const source = pointerArgument(VALUES) + ((<usize>(image * length)) << 2)
  let to = pointerArgument(RESULT) + ((<usize>(image * length)) << 2)
  const contrast = load<f32>(plan, 32)
  const saturation = load<f32>(plan, 40)
  const mean = meanOf(source, length)
  const offset = mean + load<f32>(plan, 36) - mean * contrast
  for (let y = 0; y < height; y++) {
    const row = sourceRow(plan, y, height)
    for (let x = 0; x < width; x++, to += pixelBytes) {
      const column = sourceColumn(plan, x, width)
      if (isSeen(plan, y, x, row, column)) {
        const from = source + <usize>(row * width + column) * pixelBytes
        for (let at: usize = 0; at < pixelBytes; at += 4) store<f32>(to + at, load<f32>(from + at) * contrast + offset)
        if (channels > 1) saturate(to, pixelBytes, saturation)
      } else memory.fill(to, 0, pixelBytes)
    }
  }
}

/** From the gradient at the augmented images to the one at the images. */
export function augmentGradient(image: i32): void {
  const plan = pointerArgument(PLANS) + <usize>image * PLAN_BYTES
  const height = argument(HEIGHT)
  const width = argument(WIDTH)
  const channels = argument(CHANNELS)
  const pixelBytes = (<usize>channels) << 2
  const length = height * width * channels
  let from = pointerArgument(VALUES) + ((<usize>(image * length)) << 2)
  const target = pointerArgument(RESULT) + ((<usize>(image * length)) << 2)
  const contrast = load<f32>(plan, 32)
  const saturation = load<f32>(plan, 40)
  memory.fill(target, 0, (<usize>length) << 2)
  for (let y = 0; y < height; y++) {
    const row = sourceRow(plan, y, height)
    for (let x = 0; x < width; x++, from += pixelBytes) {
      const column = sourceColumn(plan, x, width)
      if (!isSeen(plan, y, x, row, column)) continue
      const to = target + <usize>(row * width + column) * pixelBytes
      for (let at: usize = 0; at < pixelBytes; at += 4) store<f32>(to + at, load<f32>(from + at))
      if (channels > 1) saturate(to, pixelBytes, saturation)
    }
  }
  const offset: f32 = (<f32>1 - contrast) * meanOf(target, length)
  for (let at: usize = 0; at < (<usize>length) << 2; at += 4)
    store<f32>(target + at, load<f32>(target + at) * contrast + offset)
}

/** -1 where none. */
function sourceRow(plan: usize, y: i32, height: i32): i32 {
  const row = (load<f32>(plan, 8) != 0 ? height - 1 - y : y) - <i32>load<f32>(plan)
  return row >= 0 && row < height ? row : -1
}

function sourceColumn(plan: usize, x: i32, width: i32): i32 {
  const column = (load<f32>(plan, 12) != 0 ? width - 1 - x : x) - <i32>load<f32>(plan, 4)
  return column >= 0 && column < width ? column : -1
}

function isSeen(plan: usize, y: i32, x: i32, row: i32, column: i32): bool {
  if (row < 0 || column < 0) return false
  const isInRows = y >= <i32>load<f32>(plan, 16) && y < <i32>load<f32>(plan, 20)
  return !(isInRows && x >= <i32>load<f32>(plan, 24) && x < <i32>load<f32>(plan, 28))
}

function meanOf(values: usize, length: i32): f32 {
  let sum: f64 = 0
  for (let index = 0; index < length; index++) sum += <f64>load<f32>(values + ((<usize>index) << 2))
  return <f32>(sum / <f64>length)
}

/** values = (values - grey) · saturation + grey, which is also its own transpose. */
function saturate(pixel: usize, bytes: usize, saturation: f32): void {
  let grey: f32 = 0
  for (let at: usize = 0; at < bytes; at += 4) grey += load<f32>(pixel + at)
  grey /= <f32>(bytes >> 2)
  for (let at: usize = 0; at < bytes; at += 4)
    store<f32>(pixel + at, (load<f32>(pixel + at) - grey) * saturation + grey)
}
