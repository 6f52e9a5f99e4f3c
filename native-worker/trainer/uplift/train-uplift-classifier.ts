import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs'
import { upliftTraining } from '../../../contract/uplift-cells.ts'
import { RandomStream } from '../../random/random-stream.ts'
import { readValues, type Engine } from '../engines/engine.ts'
import { Adam } from '../networks/adam.ts'
import { Gradients } from '../networks/gradients.ts'
import { categoricalCrossEntropy } from '../networks/losses.ts'
import { augment } from './augment.ts'
import { UpliftNetwork, writeValues, type BodyWeights } from './uplift-network.ts'

/** Where the images of a batch come from: one class as often as any other. */
export interface BatchSource {
  readonly classCount: number
  readonly size: number
  readonly channels: number
  /** An image of the class, at a share of the updates from 0 to 1. */
  draw(label: number, options: { readonly progress: number; readonly random: RandomStream }): Uint8Array
  /** Classes that have images. */
  readonly labels: readonly number[]
}

export interface UpliftTrainingOptions {
  readonly engine: Engine
  readonly widths: readonly number[]
  readonly updates: number
  readonly seed: number
  /** What an earlier training has learned; the rate is half as high then. */
  readonly body?: BodyWeights
  /** Called after every update; ends the training by throwing. */
  readonly onUpdate?: () => void
}

const { batch, highestRate, fineTuningRate } = upliftTraining
/** Share of the updates in which the rate climbs. */
const climb = 0.2
const smoothing = 0.05
/** The weights that count are a running mean over the last quarter of the updates. */
const averaged = { from: 0.75, every: 8, keep: 0.85 } as const

/**
 * Trains the judge: classes are drawn equally often however rare, the rate climbs and falls along a cosine (Smith & Topin 2019), and
 * everything follows from the seed.
 */
export function trainUpliftClassifier(
  source: BatchSource,
  { engine, widths, updates, seed, body, onUpdate }: UpliftTrainingOptions,
): UpliftNetwork {
  const { tf } = engine
  const { classCount, size, channels, labels } = source
  const net = new UpliftNetwork(engine, { channels, classCount, seed, widths })
  if (body !== undefined) net.adoptBody(body)
  const highest = body === undefined ? highestRate : fineTuningRate
  const adam = new Adam(engine, net.parameters, { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, epsilonJoins: 'corrected' })
  const random = RandomStream.fromSeed(seed, 'uplift batches')
  const pass = { training: true, dropout: random }
  const imageLength = size * size * channels
  const values = new Float32Array(batch * imageLength)
  let average: Float32Array[] | null = null

  for (let update = 0; update < updates; update++) {
    const targets = new Float32Array(batch * classCount).fill(smoothing / classCount)
    for (let slot = 0; slot < batch; slot++) {
      const label = labels[random.integer(labels.length)] ?? 0
      const image = source.draw(label, { progress: update / updates, random })
      augment(image, {
        ...{ size, channels, random },
        target: values.subarray(slot * imageLength, (slot + 1) * imageLength),
      })
      targets[slot * classCount + label] = 1 - smoothing + smoothing / classCount
    }
    tf.tidy(() => {
      const images: Tensor4D = tf.tensor4d(values, [batch, size, size, channels])
      const wanted: Tensor2D = tf.tensor2d(targets, [batch, classCount])
      const forward = net.network.forward(images, pass)
      const { gradient } = categoricalCrossEntropy(tf, forward.output, wanted)
      const gradients = new Gradients()
      forward.backward(gradient, gradients, { wantsInput: false })
      adam.apply(gradients, { rate: rateAt(update / updates, highest) })
    })
    if (update >= averaged.from * updates && (update % averaged.every === 0 || update === updates - 1))
      average = mixIn(
        average,
        net.parameters.map((parameter) => readValues(tf, parameter)),
      )
    onUpdate?.()
  }
  net.parameters.forEach((parameter, index) => {
    const mean = average?.[index]
    if (mean !== undefined) writeValues(engine, parameter, mean)
  })
  for (const moment of adam.moments) moment.dispose()
  return net
}

function mixIn(average: Float32Array[] | null, values: Float32Array[]): Float32Array[] {
  if (average === null) return values
  return average.map((mean, index) =>
    mean.map((value, place) => averaged.keep * value + (1 - averaged.keep) * (values[index]?.[place] ?? 0)),
  )
}

/** From a 25th of the highest rate up, and down to nothing. */
function rateAt(progress: number, highest: number): number {
  const cosine = (share: number): number => (1 + Math.cos(Math.PI * share)) / 2
  if (progress < climb) return highest - (highest - highest / 25) * cosine(progress / climb)
  return highest * cosine((progress - climb) / (1 - climb))
}
