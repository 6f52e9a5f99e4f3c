import { FlawsmithError } from '../../../contract/errors.ts'
import type { Engine, Parameter } from '../engines/engine.ts'
import type { AdoptedImage } from '../adversarial/gan.ts'
import { evenlySpread } from '../../metrics/evenly-spread.ts'
import type { Raster } from './raster.ts'

/** Real images a run that composes keeps in its checkpoint, by class. */
export interface ExampleStore {
  readonly state: readonly Parameter[]
  /** Takes of every class as many as there is room for, evenly over those that it has. */
  keep(images: readonly AdoptedImage[]): void
  /** @throws FlawsmithError `class_too_small` where it has none */
  ofClass(label: number): readonly Raster[]
}

/** 128 MB of 4 byte values in one checkpoint, however many classes share it. */
const mostValues = 32_000_000
const mostPerClass = 400

const slotsFor = ({ valuesPerImage, classCount }: { valuesPerImage: number; classCount: number }): number =>
  Math.max(1, Math.min(mostPerClass, Math.floor(mostValues / (valuesPerImage * classCount))))

/** Of fixed shape, since a checkpoint's tensors are: as many slots a class as there is room for, filled from the front. */
export function createExampleStore({
  engine,
  height,
  width,
  channels,
  classCount,
  slots = slotsFor({ valuesPerImage: height * width * channels, classCount }),
}: {
  readonly engine: Engine
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly classCount: number
  /** Images kept of each class. */
  readonly slots?: number
}): ExampleStore {
  const { tf } = engine
  const imageLength = height * width * channels
  const examples = engine.createParameter(
    { name: 'examples', shape: [classCount, slots, imageLength], trainable: false },
    new Float32Array(classCount * slots * imageLength),
  )
  const counts = engine.createParameter(
    { name: 'counts', shape: [classCount], trainable: false },
    new Float32Array(classCount),
  )
  let held: readonly (readonly Raster[])[] | null = null
  return {
    state: [examples, counts],
    keep: (images) => {
      held = null
      const values = new Float32Array(classCount * slots * imageLength)
      const kept = Array.from({ length: classCount }, (_, label) =>
        evenlySpread(
          images.filter((image) => image.label === label),
          slots,
        ),
      )
      kept.forEach((ofClass, label) => {
        ofClass.forEach(({ pixels }, slot) => {
          values.set(pixels, (label * slots + slot) * imageLength)
        })
      })
      tf.tidy(() => {
        examples.write(tf.tensor(values, [...examples.shape]))
        counts.write(tf.tensor1d(kept.map(({ length }) => length)))
      })
    },
    ofClass: (label) => {
      held ??= read()
      const ofClass = held[label] ?? []
      if (ofClass.length === 0) throw noImages(label)
      return ofClass
    },
  }

  function read(): readonly (readonly Raster[])[] {
    const values = examples.read().dataSync<'float32'>()
    const taken = counts.read().dataSync<'float32'>()
    return Array.from({ length: classCount }, (_, label) =>
      Array.from({ length: taken[label] ?? 0 }, (_slot, slot) => {
        const start = (label * slots + slot) * imageLength
        return { height, width, channels, values: values.slice(start, start + imageLength) }
      }),
    )
  }
}

const noImages = (label: number): FlawsmithError =>
  new FlawsmithError('class_too_small', `Class ${label} of this run has no image. Start a new run with images of it.`, {
    class: label,
  })
