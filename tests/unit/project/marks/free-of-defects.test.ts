import { expect, test } from 'vitest'
import { soundsFreeOfDefects } from '../../../../native-worker/project/marks/free-of-defects.ts'

test.each([
  'good',
  'OK',
  'ok_01',
  'Free',
  'defect-free',
  'No Defect',
  'normal',
  '良品',
  '合格',
  'OK品',
  'ＯＫ',
  '正常 ',
  '01_good',
])('“%s” sounds like the class without defects', (name) => {
  expect(soundsFreeOfDefects(name)).toBe(true)
})

test.each(['scratch', 'goods', 'NG', '不良品', '不合格', 'abnormal', 'not ok', 'broken', ''])(
  '“%s” does not',
  (name) => {
    expect(soundsFreeOfDefects(name)).toBe(false)
  },
)
