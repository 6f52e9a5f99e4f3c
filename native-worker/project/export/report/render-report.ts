import type { ChainHead, ExportPlan } from '../../../../contract/export.ts'
import { recipeName } from '../../../../contract/recipe-names.ts'
import { countExcludedSince } from '../../dataset/changes/find-learners.ts'
import type { Project } from '../../open-project.ts'
import type { ExportFile } from '../draft-export.ts'
import { classChart } from './class-chart.ts'
import { contactSheet } from './contact-sheet.ts'
import { changedNames } from '../export-json.ts'
import { runsInExport } from '../runs-in-export.ts'
import { decisionRows } from './decision-summary.ts'
import { escapeHtml, nameHtml } from './escape-html.ts'
import { followedSection } from './followed-section.ts'
import { partsSection } from './parts-section.ts'
import { reportStyle } from './report-style.ts'

interface ReportContent {
  readonly plan: ExportPlan
  readonly files: readonly ExportFile[]
  /** Of the export's folder. */
  readonly name: string
  readonly createdAt: string
  readonly record: ChainHead
}

/** One page in English and Chinese that needs nothing but itself: no scripts, no fonts, no network. */
export async function renderReport(
  project: Project,
  { plan, files, name, createdAt, record }: ReportContent,
): Promise<string> {
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
<h1>${nameHtml(projectName)} <span lang="zh-CN">数据集导出报告</span></h1>
<p class="facts">${nameHtml(name)} · ${minuteOf(createdAt)} ·
${plan.files} images <span lang="zh-CN">张图像</span>, ${synthetic} synthetic <span lang="zh-CN">张合成</span> ·
${size} × ${size} px, ${channels === 1 ? 'grey <span lang="zh-CN">灰度</span>' : 'RGB <span lang="zh-CN">彩色</span>'}</p>
<p class="facts">${
    plan.pictures === 'project'
      ? `Every image, real ones too, has the project’s size, not that of its original.
<span lang="zh-CN">所有图像（包括真实图像）均为项目尺寸，而非原图尺寸。</span>`
      : `Real images have the size of their originals, synthetic ones the project’s; width and height of each are in manifest.csv.
<span lang="zh-CN">真实图像为原图尺寸，合成图像为项目尺寸；每张图像的宽和高见 manifest.csv。</span>`
  }</p>

${heading('Images per class', '各类图像数')}
<p class="key"><span><i style="background:var(--real)"></i>real <span lang="zh-CN">真实</span></span>
<span><i style="background:var(--synthetic)"></i>synthetic <span lang="zh-CN">合成</span></span>
<span>┆ target <span lang="zh-CN">目标</span>${plan.followed === null ? ` ${plan.target}` : ''}</span></p>
${classChart(plan.classes)}

${followedSection(project.db, plan)}
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
      `<tr><td>${nameHtml(className)}</td>${[real, accepted, used, missing, splits.train, splits.val, splits.test]
        .map((count) => `<td class="n">${count}</td>`)
        .join('')}</tr>`,
  )
  .join('\n')}
</table>
<p class="facts">Synthetic images are in the training split only; their file names contain “synthetic”.
<span lang="zh-CN">合成图像仅在训练集中，文件名含“synthetic”。</span></p>
${absentSection(plan)}
${otherSizeSection(plan)}
${undividedSection(plan)}
${changedNamesSection(plan)}
${partsSection(project.db)}
${heading('Decisions', '审核决定')}
${
  decisions === ''
    ? '<p class="facts">No sample has been reviewed. <span lang="zh-CN">尚无审核过的样本。</span></p>'
    : `<table><tr>${column('Class', '类别')}${column('Inspector', '检验员')}${column('Decision', '决定')}${column('Reason', '原因')}${column('Samples', '样本数', true)}</tr>
${decisions}</table>`
}

${originSection(project, files)}
${excludedSection(project, files)}
${recordSection(record)}
${heading('Examples', '示例')}
${await contactSheet(project, files)}
</html>
`
}

function absentSection({ classes }: ExportPlan): string {
  const absent = classes.filter(({ absentFrom }) => absentFrom.length > 0)
  if (absent.length === 0) return ''
  return `${heading('Without images in a split', '某些划分中没有图像的类别')}
<p class="facts">Nothing can be chosen by, judged by or learned from these classes in these splits. Their folders are there, so that every class has the same number in each split.
<span lang="zh-CN">在这些划分中，无法用这些类别来选择、评价或学习。其文件夹仍保留，以使各类别在每个划分中编号一致。</span></p>
<table><tr>${column('Class', '类别')}${column('Without images in', '没有图像的划分')}</tr>
${absent.map(({ name, absentFrom }) => `<tr><td>${nameHtml(name)}</td><td>${absentFrom.join(', ')}</td></tr>`).join('\n')}
</table>
`
}

function otherSizeSection({ classes }: ExportPlan): string {
  const count = classes.reduce((sum, { otherSize }) => sum + otherSize, 0)
  if (count === 0) return ''
  return `<p class="facts">${count} accepted samples were left out: the runs that drew them learned at another size.
<span lang="zh-CN">有 ${count} 个已接受的样本未导出：生成它们的训练采用了其他尺寸。</span></p>`
}

function undividedSection({ undivided }: ExportPlan): string {
  if (undivided === 0) return ''
  return `<p class="facts">${undivided} images were left out: no split holds them before they were compared with the others.
<span lang="zh-CN">有 ${undivided} 张图像未导出：尚未与其他图像比对，还没有划分。</span></p>`
}

function changedNamesSection(plan: ExportPlan): string {
  const changed = changedNames(plan)
  if (changed.length === 0) return ''
  return `${heading('Changed names', '更改的名称')}
<p class="facts">These class names are not folder names on every system, so their folders are called otherwise.
<span lang="zh-CN">以下类别名并非在所有系统上都可用作文件夹名，因此文件夹另有名称。</span></p>
<table><tr>${column('Class', '类别')}${column('Folder', '文件夹')}</tr>
${changed.map(({ name, folder }) => `<tr><td>${nameHtml(name)}</td><td>${nameHtml(folder)}</td></tr>`).join('\n')}
</table>
`
}

/** Runs that did not start from what comes with Flawsmith, or from nothing: what they know comes from elsewhere, too. */
const originSection = ({ db }: Project, files: readonly ExportFile[]): string =>
  runsInExport(db, files)
    .flatMap(({ run, origin }) => {
      if (origin === null) return []
      const { project, recipe, edition, size, step, sha256 } = origin
      return [
        `<p class="facts">Run ${run} started from run ${origin.run} of ${nameHtml(project)} (${escapeHtml(recipeName(recipe, 'en'))}, edition ${escapeHtml(edition)}, ${size} px, step ${step}).
<span lang="zh-CN">第 ${run} 次训练的起点是项目 ${nameHtml(project)} 的第 ${origin.run} 次训练（${escapeHtml(recipeName(recipe, 'zh'))}，版本 ${escapeHtml(edition)}，${size} px，第 ${step} 步）。</span>
<span class="hash">${sha256}</span></p>`,
      ]
    })
    .join('\n')

/** Of the runs that drew what is in the export. */
function excludedSection(project: Project, files: readonly ExportFile[]): string {
  const runs = new Set(files.flatMap(({ origin }) => (origin.kind === 'synthetic' ? [origin.runId] : [])))
  return [...runs]
    .sort((a, b) => a - b)
    .flatMap((runId) => {
      const count = countExcludedSince(project, runId)
      if (count === 0) return []
      return [
        `<p class="facts">Run ${runId} learned from ${count} images that were excluded since.
<span lang="zh-CN">第 ${runId} 次训练用过 ${count} 张此后被排除的图像。</span></p>`,
      ]
    })
    .join('\n')
}

const recordSection = ({ length, hash, recordedAt }: ChainHead): string => `${heading('Record', '记录')}
<p class="facts">Every entry of the project’s record (classes, images, runs, samples, decisions, exports) holds the hash of the one
before it. Kept on paper, these three lines show later whether the record up to here is still the same. They do not show who wrote it.
<span lang="zh-CN">项目记录（类别、图像、训练、样本、决定、导出）中的每一条都含有前一条的哈希值。将以下三行留存在纸上，日后即可核对至此为止的记录是否未变；它们不能证明记录由谁写下。</span></p>
<table><tr><td>Entries <span lang="zh-CN">条目数</span></td><td>${length}</td></tr>
<tr><td>Last entry <span lang="zh-CN">最后一条的时间</span></td><td>${recordedAt === null ? '–' : minuteOf(recordedAt)}</td></tr>
<tr><td>Hash <span lang="zh-CN">哈希值</span></td><td class="hash">${hash}</td></tr></table>
`

const minuteOf = (timestamp: string): string => `${timestamp.slice(0, 16).replace('T', ' ')} UTC`

const heading = (en: string, zh: string): string => `<h2>${en} <span lang="zh-CN">${zh}</span></h2>`

const column = (en: string, zh: string, isNumber = false): string =>
  `<th${isNumber ? ' class="n"' : ''}>${en}<span lang="zh-CN">${zh}</span></th>`
