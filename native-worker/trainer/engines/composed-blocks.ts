import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import { leakySlope } from './arithmetic.ts'
import { planLength, type AugmentationPlans, type BlockArithmetic } from './block-arithmetic.ts'
import { augmentationMatrices } from './augmentation-matrices.ts'
import type { TensorFlow } from './engine.ts'

/**
 * The pieces of crgan's networks from tfjs's own operations: right on every engine, fused on none.
 * @param slopeBy multiplies values by `leakySlope` where their gate is not positive
 */
export function composeBlocks(
  tf: TensorFlow,
  slopeBy = (values: Tensor4D, gate: Tensor4D): Tensor4D => tf.mul(values, tf.step(gate, leakySlope)),
): BlockArithmetic {
  const run = (name: string, inputs: Record<string, Tensor>, attributes: Record<string, unknown>): Tensor4D =>
    tf.engine().runKernel(name, inputs, { strides: [2, 2], pad: 'valid', dataFormat: 'NHWC', ...attributes } as never)
  const gated = (values: Tensor4D, gate: Tensor4D | null): Tensor4D => (gate === null ? values : slopeBy(values, gate))
  /** As [batch, pixels, channels], and vectors an image as [batch, 1, channels]. */
  const flat = (x: Tensor4D): Tensor => tf.reshape(x, [x.shape[0], -1, x.shape[3]])
  const parts = (film: Tensor2D): readonly [Tensor, Tensor] =>
    tf.split(tf.expandDims(film, 1), 2, 2) as unknown as [Tensor, Tensor]
  const colours = (x: Tensor): Tensor => tf.slice(x, [0, 0, 0], [-1, -1, (x.shape[2] ?? 0) - 1])
  const last = (x: Tensor): Tensor => tf.slice(x, [0, 0, (x.shape[2] ?? 0) - 1], [-1, -1, 1])
  const tidy = <Result extends Tensor>(compute: () => Tensor): Result => tf.tidy(compute) as Result

  return {
    frame: (values, { gate, border }) =>
      tidy(() => {
        const active = gated(values, gate)
        if (border === 'repeated') return extendAlong(tf, extendAlong(tf, active, 1), 2)
        return tf.pad(active, onEverySide(1))
      }),
    unframe: (framed, { gate, border }) =>
      tidy(() => {
        const [batch, height, width, channels] = framed.shape
        const inner: Tensor4D =
          border === 'repeated'
            ? foldAlong(tf, foldAlong(tf, framed, 2), 1)
            : tf.slice(framed, [0, 1, 1, 0], [batch, height - 2, width - 2, channels])
        return tf.clone(gated(inner, gate))
      }),
    passGate: (values, gate, onto) =>
      tidy(() => {
        const passed = slopeBy(values, gate)
        return onto === undefined ? passed : tf.add(passed, onto)
      }),
    doubleFramed: (framed, kernel) =>
      tidy(() => {
        const [batch, height, width] = framed.shape
        const whole = [batch, 2 * height + 2, 2 * width + 2, kernel.shape[2]]
        const wide = run('Conv2DBackpropInput', { dy: framed, filter: kernel }, { inputShape: whole })
        return tf.slice(wide, [0, 3, 3, 0], [batch, 2 * height - 4, 2 * width - 4, kernel.shape[2]])
      }),
    doubleFramedGradient: (outputGradient, framed, kernel) =>
      tf.tidy(() => {
        const whole = tf.pad(outputGradient, onEverySide(3))
        return {
          framed: run('Conv2D', { x: whole, filter: kernel }, { dilations: [1, 1] }),
          kernel: run('Conv2DBackpropFilter', { x: whole, dy: framed }, { filterShape: kernel.shape }),
        }
      }),
    modulate: (x, { bias, film, strength, noise }) =>
      tidy(() => {
        const [scale, shift] = parts(film)
        const scaled = tf.add(tf.mul(tf.add(flat(x), bias), tf.add(scale, 1)), shift)
        return tf.reshape(tf.add(scaled, tf.mul(noise, tf.expandDims(strength, 1))), x.shape)
      }),
    modulateGradient: (outputGradient, x, { bias, film, noise }) =>
      tf.tidy(() => {
        const dy = flat(outputGradient)
        const gain = tf.add(parts(film)[0], 1)
        const shift = tf.sum(dy, 1)
        const atX = tf.mul(dy, gain)
        return {
          x: tf.reshape(atX, x.shape) as Tensor4D,
          bias: tf.sum(atX, [0, 1]),
          film: tf.concat([tf.sum(tf.mul(dy, tf.add(flat(x), bias)), 1), shift], 1) as Tensor2D,
          strength: tf.sum(tf.mul(dy, noise), 1) as Tensor2D,
        }
      }),
    paint: (x, { bias, grain }) =>
      tidy(() => {
        const [batch, height, width, channels] = x.shape
        const biased = tf.add(flat(x), bias)
        return tf.reshape(tf.tanh(tf.add(colours(biased), tf.mul(last(biased), grain))), [
          batch,
          height,
          width,
          channels - 1,
        ])
      }),
    paintGradient: (outputGradient, output, { grain }) =>
      tf.tidy(() => {
        const [batch, height, width, count] = output.shape
        const before = tf.mul(flat(outputGradient), tf.sub(1, tf.square(flat(output))))
        const atX = tf.concat([before, tf.mul(tf.sum(before, 2, true), grain)], 2)
        return { x: tf.reshape(atX, [batch, height, width, count + 1]), bias: tf.sum(atX, [0, 1]) }
      }),
    augment: (images, plans) =>
      tidy(() => {
        const { each, move } = laidOn(tf, images, plans)
        const mean = tf.mean(images, [1, 2, 3], true)
        const lit = tf.add(tf.mul(tf.sub(images, mean), each(8)), tf.add(mean, each(9)))
        return move(saturate(tf, lit, each(10)), 'forward')
      }),
    augmentGradient: (gradient, plans) =>
      tidy(() => {
        const { each, move } = laidOn(tf, gradient, plans)
        const grey = saturate(tf, move(gradient, 'back'), each(10))
        return tf.add(tf.mul(grey, each(8)), tf.mul(tf.mean(grey, [1, 2, 3], true), tf.sub(1, each(8))))
      }),
  }
}

const onEverySide = (pixels: number): [number, number][] => [
  [0, 0],
  [pixels, pixels],
  [pixels, pixels],
  [0, 0],
]

function laidOn(tf: TensorFlow, images: Tensor4D, plans: AugmentationPlans) {
  const [batch, height, width, channels] = images.shape
  const { rows, columns, mask } = augmentationMatrices(plans, { height, width, channels })
  const across = width * channels
  const down = tf.tensor3d(rows, [batch, height, height])
  const sideways = tf.tensor3d(columns, [batch, across, across])
  const seen = tf.tensor4d(mask, [batch, height, width, 1])
  return {
    /** One number of each plan. */
    each: (index: number): Tensor =>
      tf.tensor(
        Float32Array.from({ length: batch }, (_, image) => plans[image * planLength + index] ?? 0),
        [batch, 1, 1, 1],
      ),
    /** Shifts, turns and cuts out; or the other way round. */
    move: (x: Tensor, direction: 'forward' | 'back'): Tensor4D => {
      const isBack = direction === 'back'
      const from = isBack ? tf.mul(x, seen) : x
      const moved = tf.matMul(
        tf.matMul(down, tf.reshape(from, [batch, height, across]), isBack),
        sideways,
        false,
        isBack,
      )
      const result = tf.reshape(moved, images.shape) as Tensor4D
      return isBack ? result : tf.mul(result, seen)
    },
  }
}

/** Its own transpose. Leaves grey images as they are. */
function saturate(tf: TensorFlow, x: Tensor, saturation: Tensor): Tensor {
  if (x.shape[3] === 1) return x
  const grey = tf.mean(x, 3, true)
  return tf.add(tf.mul(tf.sub(x, grey), saturation), grey)
}

type Axis = 1 | 2

const part = (tf: TensorFlow, x: Tensor4D, { axis, from, length }: { axis: Axis; from: number; length: number }) => {
  const begin: [number, number, number, number] = [0, 0, 0, 0]
  const size: [number, number, number, number] = [...x.shape]
  begin[axis] = from
  size[axis] = length
  return tf.slice(x, begin, size)
}

const extendAlong = (tf: TensorFlow, x: Tensor4D, axis: Axis): Tensor4D => {
  const length = x.shape[axis]
  return tf.concat(
    [part(tf, x, { axis, from: 0, length: 1 }), x, part(tf, x, { axis, from: length - 1, length: 1 })],
    axis,
  ) as Tensor4D
}

/** The way back: what reached the repeated pixels reaches those that they repeat. */
const foldAlong = (tf: TensorFlow, x: Tensor4D, axis: Axis): Tensor4D => {
  const length = x.shape[axis]
  const at = (from: number) => part(tf, x, { axis, from, length: 1 })
  if (length === 3) return tf.addN([at(0), at(1), at(2)]) as Tensor4D
  const ends = [tf.add(at(0), at(1)), tf.add(at(length - 2), at(length - 1))] as const
  const between = length === 4 ? [] : [part(tf, x, { axis, from: 2, length: length - 4 })]
  return tf.concat([ends[0], ...between, ends[1]] as Tensor4D[], axis)
}
