import { countDecisions } from '../../storage/decision-counts.ts'
import type { Db } from '../../storage/query.ts'
import { escapeHtml, nameHtml } from './escape-html.ts'

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
  countDecisions(db)
    .map(({ className, inspector, state, reason, count }) => {
      const decision = state === 'accepted' ? 'accepted · 接受' : 'rejected · 拒绝'
      const why = reason === null ? '' : (reasons[reason] ?? reason)
      return `<tr><td>${nameHtml(className)}</td><td>${nameHtml(inspector)}</td><td>${decision}</td><td>${escapeHtml(why)}</td><td class="n">${count}</td></tr>`
    })
    .join('\n')
