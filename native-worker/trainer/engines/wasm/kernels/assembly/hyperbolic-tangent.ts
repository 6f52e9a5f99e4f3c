import { multiplyAdd } from './vector'

/** Beyond, the result is 1 in single precision. */
const FURTHEST: f32 = 7.90531110763549805

/** tanh of four numbers by a quotient of polynomials (Eigen's coefficients), to 4e-7. No number stays no number. */
export function hyperbolicTangent(value: v128): v128 {
  const x = f32x4.max(f32x4.splat(-FURTHEST), f32x4.min(f32x4.splat(FURTHEST), value))
  const square = f32x4.mul(x, x)
  let above = f32x4.splat(-2.76076847742355e-16)
  above = multiplyAdd(above, square, f32x4.splat(2.00018790482477e-13))
  above = multiplyAdd(above, square, f32x4.splat(-8.60467152213735e-11))
  above = multiplyAdd(above, square, f32x4.splat(5.12229709037114e-8))
  above = multiplyAdd(above, square, f32x4.splat(1.48572235717979e-5))
  above = multiplyAdd(above, square, f32x4.splat(6.37261928875436e-4))
  above = multiplyAdd(above, square, f32x4.splat(4.89352455891786e-3))
  let below = f32x4.splat(1.19825839466702e-6)
  below = multiplyAdd(below, square, f32x4.splat(1.18534705686654e-4))
  below = multiplyAdd(below, square, f32x4.splat(2.268434632439e-3))
  below = multiplyAdd(below, square, f32x4.splat(4.89352518554385e-3))
  return f32x4.div(f32x4.mul(x, above), below)
}
