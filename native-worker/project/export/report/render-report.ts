import type { ExportPlan } from '../../../../contract/export.ts'
import type { Project } from '../../open-project.ts'
import type { ExportFile } from '../draft-export.ts'
import { classChart } from './class-chart.ts'
import { contactSheet } from './contact-sheet.ts'
import { decisionRows } from './decision-summary.ts'
import { escapeHtml } from './escape-html.ts'
import { reportStyle } from './report-style.ts'

interface ReportContent {
  readonly plan: ExportPlan
  readonly files: readonly ExportFile[]
  /** Of the export's folder. */
  readonly name: string
}

/** One page in English and Chinese that needs nothing but itself: no scripts, no fonts, no network. */
export async function renderReport(project: Project, { plan, files, name }: ReportContent): Promise<string> {
  const { name: projectName, size, channels } = project.describe()
  const decisions = decisionRows(project.db)
  const synthetic = plan.classes.reduce((sum, each) => sum + each.synthetic, 0)
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(projectName)} – ${escapeHtml(name)}</title>
<style>${reportStyle}</style>
<h1>${escapeHtml(projectName)} <span lang="zh-CN">数据集导出报告</span></h1>
<p class="facts">${escapeHtml(name)} · ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC ·
${plan.files} images <span lang="zh-CN">张图像</span>, ${synthetic} synthetic <span lang="zh-CN">张合成</span> ·
${size} × ${size} px, ${channels === 1 ? 'grey <span lang="zh-CN">灰度</span>' : 'RGB <span lang="zh-CN">彩色</span>'}</p>

${heading('Images per class', '各类图像数')}
<p class="key"><span><i style="background:var(--real)"></i>real <span lang="zh-CN">真实</span></span>
<span><i style="background:var(--synthetic)"></i>synthetic <span lang="zh-CN">合成</span></span>
<span>┆ target <span lang="zh-CN">目标</span> ${plan.target}</span></p>
${classChart(plan.classes, plan.target)}

${heading('Plan', '导出计划')}
<table><tr>${[
    ['Class', '类别'],
    ['Real', '真实'],
    ['Accepted', '已接受'],
    ['Synthetic used', '使用的合成图像'],
    ['Missing to target', '距目标缺少'],
    ['Train', '训练'],
    ['Validation', '验证'],
    ['Test', '测试'],
  ]
    .map(([en = '', zh = ''], index) => column(en, zh, index > 0))
    .join('')}</tr>
${plan.classes
  .map(
    ({ name: className, real, accepted, synthetic: used, missing, splits }) =>
      `<tr><td>${escapeHtml(className)}</td>${[real, accepted, used, missing, splits.train, splits.val, splits.test]
        .map((count) => `<td class="n">${count}</td>`)
        .join('')}</tr>`,
  )
  .join('\n')}
</table>
<p class="facts">Synthetic images are in the training split only; their file names contain “synthetic”.
<span lang="zh-CN">合成图像仅在训练集中，文件名含“synthetic”。</span></p>

${heading('Decisions', '审查决定')}
${
  decisions === ''
    ? '<p class="facts">No sample has been reviewed. <span lang="zh-CN">尚无审查过的样本。</span></p>'
    : `<table><tr>${column('Class', '类别')}${column('Inspector', '检验员')}${column('Decision', '决定')}${column('Reason', '原因')}${column('Samples', '样本数', true)}</tr>
${decisions}</table>`
}

${heading('Examples', '示例')}
${await contactSheet(project, files)}
</html>
`
}

const heading = (en: string, zh: string): string => `<h2>${en} <span lang="zh-CN">${zh}</span></h2>`

const column = (en: string, zh: string, isNumber = false): string =>
  `<th${isNumber ? ' class="n"' : ''}>${en}<span lang="zh-CN">${zh}</span></th>`
