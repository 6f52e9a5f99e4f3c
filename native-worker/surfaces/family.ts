import { mixSeed, seededRandom, type SeededRandom } from '../random/seeded-random.ts'
import { clamp } from './drawing/curves.ts'
import { emptyPlane, paint, type Plane } from './drawing/plane.ts'
import type { Sheet } from './drawing/sheet.ts'
import { allFlaws } from './flaws/all-flaws.ts'
import { allGrounds } from './grounds/all-grounds.ts'
import { drawCamera } from './scene/camera.ts'
import { drawFamilyFlaw, maskOf } from './scene/family-flaw.ts'
import { drawFrame } from './scene/frame.ts'
import { drawLighting } from './scene/lighting.ts'
import { shuffled } from './scene/shuffled.ts'
import { drawTint, type Tint } from './scene/tint.ts'

/** One picture before the camera's grain. */
export interface Drawing {
  /** Brightness 0 … 1. */
  readonly brightness: Plane
  /** How much of each pixel is the defect: 0 … 1. */
  readonly mask: Plane
}

interface DrawingRequest {
  /** From 0. */
  readonly index: number
  /** 64, 128 or 256 pixels per edge. */
  readonly size: number
  /** The same picture without its defect; its mask is empty. */
  readonly isFlawless?: boolean
}

/** A kind of surface with a kind of defect under one light and camera: what a class of a data set is. */
export interface Family {
  /** Its number, its background and its defect, as `7-brushed-dent`. */
  readonly name: string
  /** Deviation of the camera's grain, brightness 0 … 1. */
  readonly grain: number
  readonly tint: Tint
  /** Depends on the family and the request alone. */
  draw(request: DrawingRequest): Drawing
  /** Chance of picture `index` for what is done to it later. */
  chance(index: number, purpose: string): SeededRandom
}

/**
 * The family of this number, from 0: equal arguments give equal families. Kinds follow each other in an order of the seed's own, so
 * that every kind comes before any comes again, and with other company then.
 */
export function makeFamily(seed: number, number: number): Family {
  const random = seededRandom(mixSeed(seed, `family/${number}`))
  const [groundName, ground] = kindAt(number, shuffled(allGrounds, seededRandom(mixSeed(seed, 'grounds'))))
  const [flawName, flaw] = kindAt(number, shuffled(allFlaws, seededRandom(mixSeed(seed, 'flaws'))))

  const angle = random.pick([0, Math.PI / 2, Math.PI / 2, random.between(0, Math.PI)])
  const contrast = random.scale(0.03, 0.24)
  const sway = random.pick([0, 0.02, 0.06])
  const meanTone = random.between(-0.55, 0.5)
  const toneSpread = random.scale(0.02, 0.25)
  const drawGround = ground(random)
  const flaws = [drawFamilyFlaw(random, { flaw, angle, meanTone, share: 1 })]
  // Some have a second kind now and then, as real classes do.
  if (flawName !== 'none' && random.happens(0.2)) {
    const [, second] = kindAt(random.integer(0, 1e6), allFlaws)
    flaws.push(drawFamilyFlaw(random, { flaw: second, angle, meanTone, share: random.between(0.2, 0.7) }))
  }
  const light = drawLighting(random)
  const drawBorder = drawFrame(random)
  const camera = drawCamera(random)
  const tint = drawTint(random)

  const chance = (index: number, purpose: string): SeededRandom =>
    seededRandom(mixSeed(seed, `family/${number}/${index}/${purpose}`))

  const draw = ({ index, size, isFlawless = false }: DrawingRequest): Drawing => {
    const sheet: Sheet = { size, random: chance(index, 'surface') }
    const middle = meanTone + toneSpread * sheet.random.gaussian()
    const pose = { angle: angle + sway * sheet.random.gaussian(), contrast: contrast * sheet.random.between(0.6, 1.4) }
    const lit = light(sheet)
    const border = drawBorder(sheet)
    const texture = drawGround(sheet, pose)
    const flawSheet: Sheet = { size, random: chance(index, 'flaw') }
    const drawn = isFlawless ? [] : flaws.flatMap((drawFlaw) => drawFlaw(flawSheet) ?? [])
    const mask = maskOf(drawn, size)
    const brightness = emptyPlane(size)
    paint(brightness, (_, x, y, pixel) => {
      const own = texture(pixel)
      let tone = middle + own + lit(x, y)
      for (const { weight, cover = 0.3, strength } of drawn) {
        const amount = weight(pixel)
        tone += strength * amount - own * cover * clamp(amount, 0, 1)
      }
      if (border === null) return tone
      const hidden = border.cover(x, y)
      mask.values[pixel] = (mask.values[pixel] ?? 0) * (1 - hidden)
      return tone + (border.tone - tone) * hidden
    })
    camera.expose(brightness)
    return { brightness, mask }
  }
  return { name: `${number}-${groundName}-${flawName}`, grain: camera.grain, tint, draw, chance }
}

function kindAt<Kind>(number: number, kinds: readonly Kind[]): Kind {
  const kind = kinds[number % kinds.length]
  if (kind === undefined) throw new RangeError(`Families are numbered 0, 1, 2 …, not ${number}.`)
  return kind
}
