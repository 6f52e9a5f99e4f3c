import type { ClassId } from '../../../contract/ids.ts'
import type { MarksOverview } from '../../../contract/marks.ts'
import { countMarks } from '../storage/marks.ts'
import { selectOne } from '../storage/query.ts'
import type { Db } from '../storage/query.ts'

/** Names under which people keep images without defects, in English, German and Chinese; compared without case, digits and signs. */
const names: ReadonlySet<string> = new Set([
  ...[
    'good',
    'ok',
    'okay',
    'free',
    'normal',
    'defectfree',
    'nodefect',
    'nodefects',
    'clean',
    'pass',
    'passed',
    'healthy',
  ],
  ...[
    'undamaged',
    'intact',
    'perfect',
    'nonedefective',
    'nondefective',
    'flawless',
    'conforming',
    'gut',
    'io',
    'inordnung',
  ],
  ...[
    '良品',
    '合格',
    '合格品',
    '正常',
    '正常品',
    '好',
    '好品',
    '无缺陷',
    '無缺陷',
    'ok品',
    '良',
    'ok件',
    '合格件',
    '无瑕疵',
    '完好',
  ],
])

/** Whether a class of that name looks like the one without defects. */
export const soundsFreeOfDefects = (name: string): boolean => {
  const parts = name
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll(/[\s\d_.\-()/（）]+/gu, ' ')
    .trim()
  return names.has(parts.replaceAll(' ', ''))
}

/** The class that is declared free of defects; null where none is. */
export const freeClassOf = (db: Db): { readonly id: ClassId; readonly name: string } | null =>
  selectOne<{ id: ClassId; name: string }>(
    db,
    `SELECT id, name FROM classes WHERE free_of_defects = 1 AND state = 'active'`,
  ) ?? null

export function overviewMarks(db: Db): MarksOverview {
  const all = countMarks(db)
  const free = freeClassOf(db)?.id ?? null
  const suggested = free === null ? all.filter(({ name }) => soundsFreeOfDefects(name)) : []
  return {
    classes: all.filter(({ classId }) => classId !== free),
    freeOfDefects: free,
    // Two such names are two opinions: a person decides.
    suggestedFree: suggested.length === 1 ? (suggested[0]?.classId ?? null) : null,
  }
}
