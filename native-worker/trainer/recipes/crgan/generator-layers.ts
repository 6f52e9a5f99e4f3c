import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs'
import type { Engine } from '../../engines/engine.ts'
import { frameActivated } from '../../networks/framed.ts'

/*
 * Layers of the second edition's generator, each one operation forward and one back. First derivatives only: a tape that asks for more
 * is told that there is no gradient.
 */

/**
 * Each value of leaky ReLU of x four times, then 3 × 3, in one transposed convolution: the 3 × 3 kernel summed into 4 × 4 at its four
 * positions. All output pixels see their neighbours through the same weights, so that no grid can be learned.
 * @param small [3, 3, out, in]
 */
export function doubleWithoutGrid(engine: Engine, x: Tensor4D, small: Tensor4D): Tensor4D {
  const { tf, arithmetic } = engine
  const [, , out, input] = small.shape
  const spread = tf.tensor2d(fourPositions.slice(), [16, 9])
  const kernel = tf.reshape(tf.matMul(spread, tf.reshape(small, [9, out * input])), [4, 4, out, input])
  return fused(engine, [frameActivated(engine, x, 'repeated'), kernel as Tensor4D] as const, {
    forward: (framed, filter) => arithmetic.doubleFramed(framed, filter),
    backward: (gradient, [framed, filter]) => {
      const back = arithmetic.doubleFramedGradient(gradient, framed, filter)
      return [back.framed, back.kernel]
    },
  })
}

/** [16, 9]: which values of a 3 × 3 kernel meet at each place of the 4 × 4 one. */
const fourPositions = Float32Array.from({ length: 16 * 9 }, (_, index) => {
  const place = Math.floor(index / 9)
  const value = index % 9
  const down = Math.floor(place / 4) - Math.floor(value / 3)
  const across = (place % 4) - (value % 3)
  return down >= 0 && down <= 1 && across >= 0 && across <= 1 ? 1 : 0
})

/** @see BlockArithmetic.modulate */
export function modulate(
  engine: Engine,
  x: Tensor4D,
  { bias, film, strength, noise }: { bias: Tensor; film: Tensor2D; strength: Tensor2D; noise: Tensor3D },
): Tensor4D {
  const { arithmetic } = engine
  return fused(engine, [x, bias, film, strength] as const, {
    forward: (input, ...by) => arithmetic.modulate(input, modulationOf(by, noise)),
    backward: (gradient, [input, ...by]) => {
      const back = arithmetic.modulateGradient(gradient, input, modulationOf(by, noise))
      return [back.x, back.bias, back.film, back.strength]
    },
  })
}

const modulationOf = ([bias, film, strength]: readonly [Tensor, Tensor2D, Tensor2D], noise: Tensor3D) => ({
  bias,
  film,
  strength,
  noise,
})

/** @see BlockArithmetic.paint */
export function paint(
  engine: Engine,
  x: Tensor4D,
  { bias, grain }: { readonly bias: Tensor; readonly grain: Tensor3D },
): Tensor4D {
  const { arithmetic } = engine
  return fused(engine, [x, bias] as const, {
    forward: (input, added) => arithmetic.paint(input, { bias: added, grain }),
    backward: (gradient, _, output) => {
      const back = arithmetic.paintGradient(gradient, output, { grain })
      return [back.x, back.bias]
    },
  })
}

/** One operation with a gradient at each of its inputs, which are kept for it, as its output is. */
function fused<Inputs extends readonly Tensor[]>(
  { tf }: Engine,
  inputs: Inputs,
  {
    forward,
    backward,
  }: {
    readonly forward: (...inputs: Inputs) => Tensor4D
    readonly backward: (gradient: Tensor4D, inputs: Inputs, output: Tensor4D) => readonly Tensor[]
  },
): Tensor4D {
  return tf.customGrad((...given) => {
    const save = given.at(-1) as unknown as (tensors: Tensor[]) => void
    const current = given.slice(0, inputs.length) as unknown as Inputs
    const value = forward(...current)
    save([...current, value])
    return {
      value,
      gradFunc: (gradient: Tensor, saved: Tensor[]) => [
        ...backward(gradient as Tensor4D, saved.slice(0, inputs.length) as unknown as Inputs, saved.at(-1) as Tensor4D),
      ],
    }
  })(...inputs) as Tensor4D
}
