import { encode } from 'fast-png'
import { expect, test } from 'vitest'
import { syntheticMark } from '../../../contract/synthetic-mark.ts'
import { saysSynthetic } from '../../../native-worker/images/says-synthetic.ts'

const png = (text?: Readonly<Record<string, string>>): Buffer =>
  Buffer.from(encode({ width: 4, height: 4, channels: 1, depth: 8, data: new Uint8Array(16), ...(text && { text }) }))
const marked = png({ Title: 'x', [syntheticMark.keyword]: syntheticMark.textOf('acgan') })

test('a file says itself that it was drawn', () => {
  expect(saysSynthetic(marked)).toBe(true)
})

test.each([
  ['without text', png()],
  ['with the text of another program', png({ Software: 'Flawsmith', Comment: 'synthetic=true' })],
  ['that says another thing', png({ [syntheticMark.keyword]: 'synthetic=false' })],
  ['that is no PNG', Buffer.from('Flawsmith\0synthetic=true')],
  ['that is empty', Buffer.alloc(0)],
  ['that is cut off', marked.subarray(0, 30)],
])('a file %s does not', (_, bytes) => {
  expect(saysSynthetic(bytes)).toBe(false)
})
