import * as v from 'valibot'
import { expect, test } from 'vitest'
import {
  describeRefusedInput,
  findRefusedInput,
  readRefusedInput,
  refusedInputDetails,
} from '../../../contract/refused-input.ts'
import type { Verb } from '../../../contract/service.ts'
import { requestSchemas } from '../../../contract/service.ts'

const by = 'Ann'

function refusal(verb: Verb, input: unknown) {
  const schema: v.GenericSchema = requestSchemas[verb]
  const { issues } = v.safeParse(schema, input)
  return issues === undefined ? null : findRefusedInput(schema, issues)
}

const exported = { folder: '/x', layout: 'imagefolder' }
const cut = { copies: 1, side: 64, seed: 1, good: null, margin: { unit: 'share', value: 0.1 } }

test.each<readonly [Verb, unknown, string]>([
  [
    'dataset.resize',
    { size: 33, by },
    'The image size is 33; it can be a whole number from 16 to 512, a multiple of 4.',
  ],
  [
    'projects.create',
    { folder: '/x', size: 8, channels: 1 },
    'The image size is 8; it can be a whole number from 16 to 512, a multiple of 4.',
  ],
  [
    'exports.run',
    { ...exported, target: 0 },
    'The number of images of a class is 0; it can be a whole number from 1 to 1000000, or “max”, “none” or “recommended”.',
  ],
  ['classes.rename', { classId: 1, name: ' ', by }, 'The name is empty; it can have from 1 to 255 characters.'],
  [
    'classes.rename',
    { classId: 1, name: 'x'.repeat(600), by },
    `The name has 600 characters (“${'x'.repeat(40)}…”); it can have from 1 to 255 characters.`,
  ],
  [
    'images.relabel',
    { ids: [], classId: 1, by },
    'The list of images is empty; it can have from 1 to 1000000 entries.',
  ],
  [
    'frames.preview',
    { frames: [1], options: { ...cut, margin: { unit: 'pixels', value: -1 } } },
    'The margin is -1; it can be a whole number from 0 to 20000.',
  ],
  [
    'frames.preview',
    { frames: [1], options: { ...cut, side: NaN } },
    'The smallest edge of a patch is missing; it can be a whole number from 8 to 20000.',
  ],
  ['runs.start', { recipe: 'acgan', minutes: 0 }, 'The number of minutes is 0; it can be a number from 0.05 to 20000.'],
])('%s says what was given and what is possible', (verb, input, sentence) => {
  const found = refusal(verb, input)
  expect(found && describeRefusedInput(found)).toBe(sentence)
  expect(readRefusedInput(found === null ? {} : refusedInputDetails(found))).toEqual(found)
})

test('a word that is not one of those possible is named with them', () => {
  const found = refusal('review.decide', { sampleIds: [1], action: 'reject', reason: 'ugly', by })
  expect(found && describeRefusedInput(found)).toMatch(/^The reason is “ugly”; it can be “[a-z-]+”, “/)
})

test('what only a program can ask for wrongly is no matter of a person', () => {
  expect(refusal('dataset.summary', { more: 1 })).toBeNull()
  expect(refusal('marks.image', { imageId: 'one' })).toBeNull()
})
