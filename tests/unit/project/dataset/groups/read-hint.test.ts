import { expect, test } from 'vitest'
import { readHint } from '../../../../../native-worker/project/dataset/groups/read-hint.ts'
import { errorCodeOf } from '../../../../helpers/error-code.ts'

const named = (...paths: readonly string[]): readonly { sourcePath: string; importId: number }[] =>
  paths.map((sourcePath) => ({ sourcePath, importId: 1 }))

test('a pattern reads the part from the path', () => {
  const images = named('scratch/part12_a.png', 'stain/part12_b.png', 'scratch/part3_a.png', 'scratch/other.png')
  expect(readHint(images, { kind: 'pattern', pattern: String.raw`part(\d+)` })).toEqual(['12', '12', '3', null])
})

test('numbers that follow each other within so much are one part, folder by folder', () => {
  const images = named(
    'a/exp1_num_100.jpg',
    'a/exp2_num_120.jpg',
    'a/exp1_num_500.jpg',
    'b/exp3_num_110.jpg',
    'a/none.jpg',
  )
  const [first, second, third, other, none] = readHint(images, { kind: 'numbers', within: 200 })
  expect(second).toBe(first)
  expect(new Set([first, third, other]).size).toBe(3)
  expect(none).toBeNull()
})

test.each(['part', '(', String.raw`^((a+)+)+$`])('the pattern “%s” is refused in words', async (pattern) => {
  const images = named(`${'a'.repeat(60)}!`)
  await expect(errorCodeOf(() => readHint(images, { kind: 'pattern', pattern }))).resolves.toBe('invalid_request')
})
