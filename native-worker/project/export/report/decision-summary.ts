import { selectAll } from '../../storage/query.ts'
import type { Db } from '../../storage/query.ts'
import { escapeHtml, nameHtml } from './escape-html.ts'

interface SummaryRow {
  readonly className: string
  readonly inspector: string
  readonly state: 'accepted' | 'rejected'
  readonly reason: string | null
  readonly count: number
}

const reasons: Readonly<Record<string, string>> = {
  unspecified: 'no reason given · 未说明',
  defect_absent: 'defect absent · 无缺陷',
  wrong_class: 'wrong class · 类别错误',
  artefact: 'artefact · 伪影',
  copy: 'copy · 复制',
  background_broken: 'background broken · 背景异常',
}

/** Who decided what, as table rows: class, inspector, decision, reason, count. Empty where nothing was decided. */
export const decisionRows = (db: Db): string =>
  selectAll<SummaryRow>(
    db,
    `SELECT c.name AS className, d.inspector_name AS inspector, s.state, s.reason, COUNT(*) AS count
     FROM samples s JOIN decisions d ON d.id = s.decision_id JOIN classes o ON o.id = s.class_id
     JOIN classes c ON c.id = COALESCE(o.merged_into, o.id)
     GROUP BY c.name, d.inspector_name, s.state, s.reason ORDER BY c.name, d.inspector_name, s.state, count DESC`,
  )
    .map(({ className, inspector, state, reason, count }) => {
      const decision = state === 'accepted' ? 'accepted · 接受' : 'rejected · 拒绝'
      const why = reason === null ? '' : (reasons[reason] ?? reason)
      return `<tr><td>${nameHtml(className)}</td><td>${nameHtml(inspector)}</td><td>${decision}</td><td>${escapeHtml(why)}</td><td class="n">${count}</td></tr>`
    })
    .join('\n')
