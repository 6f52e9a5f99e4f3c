import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs'
import { kernelNumbers } from './kernel-numbers.ts'
import { addressOf, type KernelContext, makeTensor, sizeOf } from './tensor-memory.ts'

/*
 * Kernels under names of our own, for what tfjs composes from many: batch normalisation, piecewise linear activations, Adam.
 */

export const ownKernels = {
  normalise: 'FlawsmithNormalise',
  normaliseGradient: 'FlawsmithNormaliseGradient',
  activate: 'FlawsmithActivate',
  activateGradient: 'FlawsmithActivateGradient',
  adam: 'FlawsmithAdam',
  follow: 'FlawsmithFollow',
} as const

/** Values a task of the elementwise kernels takes, as assembly/elementwise.ts has it. */
const chunk = 16_384
/** About as many values a group of rows holds. */
const groupValues = 16_384
const sums = { values: 0, squares: 1, gradients: 2 } as const

/** Numbers from here on in a list of arguments are floats. */
const firstNormaliseFloat = 13

export function trainingKernels(context: KernelContext): readonly KernelConfig[] {
  const { pool } = context
  const vector = (length: number): TensorInfo => makeTensor(context, [length])
  const valuesOf = (tensor: TensorInfo): Float32Array =>
    context.floats(addressOf(context, tensor), sizeOf(tensor.shape))

  const rowsOf = (shape: readonly number[]) => {
    const channels = shape.at(-1) ?? 1
    const rows = sizeOf(shape) / channels
    const groupRows = Math.max(1, Math.floor(groupValues / channels))
    return { channels, rows, groupRows, groups: Math.ceil(rows / groupRows) }
  }

  /** Sums over all rows, divided; two vectors for the gradients. */
  const sumRows = (
    shape: readonly number[],
    kind: keyof typeof sums,
    at: {
      input: number
      gradient?: number
      mean?: number
      gain?: number
      first: number
      second?: number
      divisor: number
    },
  ): void => {
    const { channels, rows, groupRows, groups } = rowsOf(shape)
    const partial = context.allocate(groups * channels * 8)
    const { input, gradient = 0, mean = 0, gain = 0, first, second = 0, divisor } = at
    pool.words.set([
      rows,
      channels,
      groupRows,
      input,
      gradient,
      mean,
      gain,
      0,
      second,
      first,
      partial,
      sums[kind],
      groups,
    ])
    pool.floats[firstNormaliseFloat] = divisor
    pool.run(kernelNumbers.normaliseSums, groups)
    pool.run(kernelNumbers.foldSums, kind === 'gradients' ? 2 : 1, { alone: true })
    context.free(partial)
  }

  const applyRows = (
    kernel: 'normaliseApply' | 'normaliseGradientApply',
    shape: readonly number[],
    at: { input: number; gradient?: number; mean: number; gain: number; shift: number; slope?: number; output: number },
  ): void => {
    const { channels, rows, groupRows, groups } = rowsOf(shape)
    const { input, gradient = 0, mean, gain, shift, slope = 0, output } = at
    pool.words.set([rows, channels, groupRows, input, gradient, mean, gain, shift, slope, output])
    pool.run(kernelNumbers[kernel], groups)
  }

  const elementwise = (
    kernel: 'activate' | 'activateGradient',
    addresses: readonly number[],
    { size, slope, onto = 0 }: { size: number; slope: number; onto?: number },
  ): void => {
    pool.words.set([size, ...addresses, 0, onto])
    pool.floats[4] = slope
    pool.run(kernelNumbers[kernel], Math.ceil(size / chunk))
  }

  return [
    kernel(ownKernels.normalise, ({ input, scale, shift }, { epsilon }) => {
      const { channels, rows } = rowsOf(input.shape)
      const [output, mean, variance, gain] = [
        makeTensor(context, input.shape),
        vector(channels),
        vector(channels),
        vector(channels),
      ]
      const at = { input: addressOf(context, input), mean: addressOf(context, mean), gain: addressOf(context, gain) }
      sumRows(input.shape, 'values', { ...at, first: at.mean, divisor: rows })
      sumRows(input.shape, 'squares', { ...at, first: addressOf(context, variance), divisor: rows })
      const variances = valuesOf(variance)
      const scales = valuesOf(scale)
      valuesOf(gain).forEach((_, channel, gains) => {
        gains[channel] = (scales[channel] ?? 1) / Math.sqrt((variances[channel] ?? 0) + epsilon)
      })
      applyRows('normaliseApply', input.shape, {
        ...at,
        shift: addressOf(context, shift),
        output: addressOf(context, output),
      })
      context.backend.disposeData(gain.dataId)
      return [output, mean, variance]
    }),
    kernel(ownKernels.normaliseGradient, ({ outputGradient, input, scale, mean, variance }, { epsilon }) => {
      const { channels, rows } = rowsOf(input.shape)
      const [gradient, scaleGradient, shiftGradient] = [
        makeTensor(context, input.shape),
        vector(channels),
        vector(channels),
      ]
      const [gain, slope, shift] = [vector(channels), vector(channels), vector(channels)]
      const gains = valuesOf(gain)
      const variances = valuesOf(variance)
      for (let channel = 0; channel < channels; channel++)
        gains[channel] = 1 / Math.sqrt((variances[channel] ?? 0) + epsilon)
      const at = {
        input: addressOf(context, input),
        gradient: addressOf(context, outputGradient),
        mean: addressOf(context, mean),
        gain: addressOf(context, gain),
      }
      const [first, second] = [addressOf(context, shiftGradient), addressOf(context, scaleGradient)]
      sumRows(input.shape, 'gradients', { ...at, first, second, divisor: 1 })
      const [gainsNow, slopes, shifts] = [valuesOf(gain), valuesOf(slope), valuesOf(shift)]
      const [scales, shiftSums, scaleSums] = [valuesOf(scale), valuesOf(shiftGradient), valuesOf(scaleGradient)]
      for (let channel = 0; channel < channels; channel++) {
        const inverseDeviation = gainsNow[channel] ?? 0
        const whole = inverseDeviation * (scales[channel] ?? 0)
        gainsNow[channel] = whole
        slopes[channel] = (whole * inverseDeviation * (scaleSums[channel] ?? 0)) / rows
        shifts[channel] = (whole * (shiftSums[channel] ?? 0)) / rows
      }
      applyRows('normaliseGradientApply', input.shape, {
        ...at,
        shift: addressOf(context, shift),
        slope: addressOf(context, slope),
        output: addressOf(context, gradient),
      })
      for (const { dataId } of [gain, slope, shift]) context.backend.disposeData(dataId)
      return [gradient, scaleGradient, shiftGradient]
    }),
    kernel(ownKernels.activate, ({ input }, { slope }) => {
      const output = makeTensor(context, input.shape)
      const addresses = [addressOf(context, input), 0, addressOf(context, output)]
      elementwise('activate', addresses, { size: sizeOf(input.shape), slope })
      return [output]
    }),
    kernel(ownKernels.activateGradient, ({ outputGradient, output, onto }, { slope }) => {
      const gradient = makeTensor(context, output.shape)
      const addresses = [addressOf(context, output), addressOf(context, outputGradient), addressOf(context, gradient)]
      const added = onto === undefined ? 0 : addressOf(context, onto)
      elementwise('activateGradient', addresses, { size: sizeOf(output.shape), slope, onto: added })
      return [gradient]
    }),
    listKernel(ownKernels.adam, (tensors, { rate, beta1, beta2, epsilon }) =>
      inGroups(tensors, 4).flatMap((group) => {
        const [parameter, , first, second] = group as [TensorInfo, TensorInfo, TensorInfo, TensorInfo]
        const outputs = [parameter, first, second].map(({ shape }) => makeTensor(context, shape))
        const size = sizeOf(parameter.shape)
        pool.words.set([size, ...[...group, ...outputs].map((tensor) => addressOf(context, tensor))])
        pool.floats.set([rate, beta1, beta2, epsilon], 8)
        pool.run(kernelNumbers.adam, Math.ceil(size / chunk), { alone: size < chunk })
        return outputs
      }),
    ),
    listKernel(ownKernels.follow, (tensors, { kept }) =>
      inGroups(tensors, 2).map((group) => {
        const [follower] = group as [TensorInfo, TensorInfo]
        const output = makeTensor(context, follower.shape)
        const size = sizeOf(follower.shape)
        pool.words.set([size, ...[...group, output].map((tensor) => addressOf(context, tensor))])
        pool.floats[4] = kept
        pool.run(kernelNumbers.follow, Math.ceil(size / chunk), { alone: size < chunk })
        return output
      }),
    ),
  ]
}

type Inputs = Record<'input' | 'scale' | 'shift' | 'outputGradient' | 'output' | 'mean' | 'variance', TensorInfo> & {
  readonly onto?: TensorInfo
}
type Numbers = Record<'epsilon' | 'slope' | 'rate' | 'beta1' | 'beta2' | 'kept', number>

/** Each kernel is called from one place only, fused-arithmetic.ts, with the inputs it reads. */
const kernel = (kernelName: string, compute: (inputs: Inputs, numbers: Numbers) => TensorInfo[]): KernelConfig => ({
  kernelName,
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs }) => compute(inputs as unknown as Inputs, attrs as unknown as Numbers),
})

/** Takes any number of tensors, in the order in which they are given. */
const listKernel = (
  kernelName: string,
  compute: (tensors: readonly TensorInfo[], numbers: Numbers) => TensorInfo[],
): KernelConfig => ({
  kernelName,
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs }) => compute(Object.values(inputs) as TensorInfo[], attrs as unknown as Numbers),
})

const inGroups = (tensors: readonly TensorInfo[], size: number): readonly (readonly TensorInfo[])[] =>
  Array.from({ length: tensors.length / size }, (_, group) => tensors.slice(group * size, (group + 1) * size))
