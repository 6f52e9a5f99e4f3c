import { donorsNeeded } from '../../../../contract/marks.ts'
import { FlawsmithError } from '../../../../contract/errors.ts'
import type { BuildOptions, Gan } from '../../adversarial/gan.ts'
import { composingGan } from '../../composing/composing-gan.ts'
import { evenlySpread } from '../../../metrics/evenly-spread.ts'
import type { Mask, Raster } from '../../composing/raster.ts'
import { symmetryOf } from '../../composing/symmetry.ts'
import type { Recipe } from '../recipe.ts'
import { flipParameters } from '../recipe-parameters.ts'
import { sizesBetween } from '../sizes.ts'
import { prepareDonor, type Donor } from './donor.ts'
import { transplantSample } from './transplant-sample.ts'

/** Values that a checkpoint may hold of the images: 256 MB. */
const mostValues = 64_000_000

/** What is kept of the run's images: the good ones whole, of each class those with a mark. */
interface Held {
  readonly backgrounds: readonly Raster[]
  /** By label. */
  readonly donors: ReadonlyMap<number, readonly Donor[]>
}

function build({ engine, height, width, channels, classCount, parameters }: BuildOptions): Gan {
  const { tf } = engine
  const area = height * width
  const imageLength = area * channels
  const most = Math.max(1, Math.floor(mostValues / ((imageLength + area) * (classCount + 1))))
  // Of fixed shape, since a checkpoint's tensors are: as many slots a class as there is room for, filled from the front.
  const slots = Math.min(most, 400)
  const create = (name: string, shape: readonly number[]) =>
    engine.createParameter(
      { name, shape, trainable: false },
      new Float32Array(shape.reduce((product, length) => product * length, 1)),
    )
  const images = create('images', [classCount, slots, imageLength])
  const marks = create('marks', [classCount, slots, area])
  const counts = create('counts', [classCount])
  /** 1 for the class free of defects. */
  const free = create('free', [classCount])
  const symmetry = symmetryOf(parameters)
  let held: Held | null = null

  function hold(): Held {
    const pixels = images.read().dataSync<'float32'>()
    const covered = marks.read().dataSync<'float32'>()
    const taken = counts.read().dataSync<'float32'>()
    const isFree = free.read().dataSync<'float32'>()
    const rasterAt = (slot: number): Raster => ({
      ...{ height, width, channels },
      values: pixels.slice(slot * imageLength, (slot + 1) * imageLength),
    })
    const maskAt = (slot: number): Mask => ({
      ...{ height, width },
      values: Uint8Array.from(covered.subarray(slot * area, (slot + 1) * area)),
    })
    const backgrounds: Raster[] = []
    const donors = new Map<number, Donor[]>()
    for (let label = 0; label < classCount; label++) {
      for (let index = 0; index < (taken[label] ?? 0); index++) {
        const slot = label * slots + index
        if (isFree[label] === 1) {
          backgrounds.push(rasterAt(slot))
          continue
        }
        const donor = prepareDonor(rasterAt(slot), maskAt(slot))
        if (donor !== null) donors.set(label, [...(donors.get(label) ?? []), donor])
      }
    }
    return { backgrounds, donors }
  }

  return composingGan({
    engine,
    purpose: 'transplant',
    state: [images, marks, counts, free],
    adopt: (adopted) => {
      const kept = Array.from({ length: classCount }, (_, label) =>
        evenlySpread(
          adopted.filter((image) => image.label === label),
          slots,
        ),
      )
      const pixels = new Float32Array(classCount * slots * imageLength)
      const covered = new Float32Array(classCount * slots * area)
      kept.forEach((ofClass, label) => {
        ofClass.forEach((image, index) => {
          pixels.set(image.pixels, (label * slots + index) * imageLength)
          covered.set(image.mark ?? new Uint8Array(area), (label * slots + index) * area)
        })
      })
      tf.tidy(() => {
        images.write(tf.tensor(pixels, [...images.shape]))
        marks.write(tf.tensor(covered, [...marks.shape]))
        counts.write(tf.tensor1d(kept.map(({ length }) => length)))
        free.write(tf.tensor1d(kept.map((ofClass) => (ofClass.some(({ isFree }) => isFree) ? 1 : 0))))
      })
      held = null
    },
    compose: (label, random) => {
      held ??= hold()
      const { backgrounds, donors } = held
      const ofClass = donors.get(label)
      if (ofClass !== undefined) return transplantSample({ donors: ofClass, backgrounds, symmetry, random })
      // The class free of defects has none to give: what stands for it is one of its own images.
      const image = backgrounds[random.integer(Math.max(1, backgrounds.length))] ?? refuse(label)
      return { image, mask: null }
    },
  })
}

const refuse = (label: number): never => {
  throw new FlawsmithError(
    'class_too_small',
    `Class ${label} of this run has no usable mark and there is no good image. Mark more images of it and start a new run.`,
    { class: label },
  )
}

/** Marked defects of real images on real images of good parts. Seconds, no training; what looks most like a photograph. */
export const transplant: Recipe = {
  id: 'transplant',
  title: { en: 'Transplant (most lifelike)', zh: '缺陷移植（最逼真）' },
  summary: {
    en: 'No training: takes marked defects and sets them, turned, scaled and bent, onto real images of good parts. Needs a class free of defects and at least 4 marked images of a class.',
    zh: '无需训练：取出已标注的缺陷，经旋转、缩放和变形后融合到真实的良品图像上。需要一个无缺陷类别，且每个缺陷类别至少有 4 张已标注图像。',
  },
  scope: 'all-classes',
  trains: false,
  composesFrom: 'marks',
  sizes: sizesBetween({ min: 16, max: 512, step: 4 }),
  channels: [1, 3],
  parameters: flipParameters,
  presets: {},
  published: { size: 64, channels: 1 },
  minimum: { imagesPerClass: donorsNeeded.least, classes: 2 },
  parameterCounts: () => ({ generator: 0, discriminator: 0 }),
  build,
}
