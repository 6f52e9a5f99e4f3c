import { listClasses } from '../../storage/classes.ts'
import { readGroupState } from '../../storage/groups.ts'
import type { Db } from '../../storage/query.ts'
import { nameHtml } from './escape-html.ts'

/**
 * Of how many different parts the real images are, as far as the images were compared, and whether a part is in several splits. Empty
 * where the images have never been compared.
 */
export function partsSection(db: Db): string {
  const { search, unsearched, crossing } = readGroupState(db)
  if (search === null) return ''
  const rows = listClasses(db)
    .filter(({ images }) => images > 0)
    .map(
      ({ name, images, parts }) =>
        `<tr><td>${nameHtml(name)}</td><td class="n">${images}</td><td class="n">${parts.all}</td><td class="n">${parts.train}</td></tr>`,
    )
  const later =
    unsearched === 0
      ? ''
      : ` ${unsearched} images came later and count as a part each. <span lang="zh-CN">其后新增的 ${unsearched} 张图像各按一个工件计。</span>`
  const warning =
    crossing === 0
      ? ''
      : `<p class="facts"><strong>${crossing} parts have images in several splits: figures of validation and test come out too good.</strong>
<span lang="zh-CN">有 ${crossing} 个工件的图像跨多个划分：验证和测试指标会偏高。</span></p>\n`
  return `<h2>Parts <span lang="zh-CN">工件</span></h2>
<table><tr><th>Class<span lang="zh-CN">类别</span></th><th class="n">Real images<span lang="zh-CN">真实图像</span></th><th class="n">About parts<span lang="zh-CN">约工件数</span></th><th class="n">Of these, to train<span lang="zh-CN">其中用于训练</span></th></tr>
${rows.join('\n')}
</table>
<p class="facts">Real images of the same part count once: pictures that correlate by ${search.threshold} and more.${later}
<span lang="zh-CN">同一工件的真实图像只计一次：相关系数达到 ${search.threshold} 即视为同一工件。</span></p>
${warning}`
}
