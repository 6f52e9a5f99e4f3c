import type { ClassId, Sha256 } from '../../../contract/ids.ts'
import type { UpliftBasis, UpliftChange, UpliftResult } from '../../../contract/uplift.ts'
import { sha256Of } from '../../files/sha256-of.ts'
import { canonicalJson } from '../../project/storage/canonical-json.ts'
import { upliftEdition } from './uplift-edition.ts'
import type { UpliftInput, UpliftSide, UpliftSource } from './uplift-input.ts'

/** Everything that is learned from, chosen by and tested on, thing by thing; in no order that a name or a time has given it. */
export function upliftBasis(
  { classes, train, validation, test, sources }: UpliftInput,
  { size }: { readonly size: number },
): UpliftBasis {
  const ids = classes.map(({ classId }) => classId)
  const sides = Object.entries({ train, validation, test }).flatMap(([name, side]) =>
    side === null ? [] : placed(side, ids).map((image) => ({ ...image, side: name })),
  )
  sides.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
  const drawn = sources.filter(
    ({ gated, recipe }) => !gated || !sources.some((each) => !each.gated && each.recipe === recipe),
  )
  return {
    ...{ edition: upliftEdition, size },
    classes: hash(classes.map(({ classId, isFreeOfDefects }) => [classId, isFreeOfDefects] as const).sort(byFirst)),
    images: hash(sides.map(({ sha256, classId }) => [sha256, classId])),
    splits: hash(sides.map(({ sha256, side }) => [sha256, side])),
    groups: hash(numbered(sides.map(({ group }) => group))),
    candidates: hash(drawn.map((source) => samplesOf(source, ids))),
    gated: hash(sources.filter(({ gated }) => gated).map((source) => samplesOf(source, ids))),
  }
}

export const hashBasis = (basis: UpliftBasis): string => sha256Of(canonicalJson(basis))

/** What is another one than the verdict was measured on. What changes as a consequence of something else is not named beside it. */
export function changesSince(
  { basis, inputs, classes }: Pick<UpliftResult, 'basis' | 'inputs' | 'classes'>,
  { input, size }: { readonly input: UpliftInput; readonly size: number },
): readonly UpliftChange[] {
  if (basis === undefined) return inputs === hashAsBefore(input, classes) ? [] : ['unknown']
  const now = upliftBasis(input, { size })
  const differs = (name: keyof UpliftBasis): boolean => basis[name] !== now[name]
  const changes: UpliftChange[] = differs('edition') ? ['method'] : []
  // Every picture is another one then.
  if (differs('size')) return [...changes, 'size']
  if (differs('classes')) changes.push('classes')
  if (differs('images')) changes.push('images')
  else changes.push(...(['splits', 'groups'] as const).filter(differs))
  return [...changes, ...(['candidates', 'gated'] as const).filter(differs).slice(0, 1)]
}

/** How versions that kept no note of each thing named everything at once: with the names of the classes, as they were called then. */
function hashAsBefore({ absent: _absent, ...input }: UpliftInput, named: UpliftResult['classes']): string {
  const names = new Map(named.map(({ classId, name }) => [classId, name]))
  const classes = input.classes.map((each) => ({ ...each, name: names.get(each.classId) ?? each.name }))
  return sha256Of(JSON.stringify({ ...input, classes }))
}

function placed(
  { images, counts, groups }: UpliftSide,
  ids: readonly ClassId[],
): { readonly sha256: Sha256; readonly classId: number; readonly group: number }[] {
  const labels = counts.flatMap((count, label) => new Array<number>(count).fill(ids[label] ?? 0))
  return images.map((sha256, index) => ({ sha256, classId: labels[index] ?? 0, group: groups[index] ?? 0 }))
}

const samplesOf = ({ recipe, images }: UpliftSource, ids: readonly ClassId[]) =>
  [
    recipe,
    images
      .map((ofClass, label) => [ids[label] ?? 0, ofClass] as const)
      .filter(([, ofClass]) => ofClass.length > 0)
      .sort(byFirst),
  ] as const

/** Groups by the order in which they are met: another number alone is no other group. */
function numbered(groups: readonly number[]): readonly number[] {
  const known = new Map<number, number>()
  return groups.map((group) => {
    const number = known.get(group) ?? known.size
    known.set(group, number)
    return number
  })
}

const byFirst = ([a]: readonly [number, unknown], [b]: readonly [number, unknown]): number => a - b

const hash = (value: Parameters<typeof canonicalJson>[0]): string => sha256Of(canonicalJson(value))
