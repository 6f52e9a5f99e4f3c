import type { ExportPlanClass } from '../../../../contract/export.ts'
import { escapeHtml } from './escape-html.ts'

const barHeight = 18
const rowHeight = 28
const labelWidth = 190
const barsWidth = 470
const numbersWidth = 120

/** One bar a class as SVG: real images, synthetic ones after them, a line at the target of each. */
export function classChart(classes: readonly ExportPlanClass[]): string {
  const largest = Math.max(1, ...classes.map(({ real, synthetic, target }) => Math.max(target, real + synthetic)))
  const scale = (count: number): number => Math.round((count / largest) * barsWidth * 10) / 10
  const rows = classes.map(({ name, real, synthetic, target }, index) => {
    const y = index * rowHeight + 6
    const shown = [...name].length > 24 ? `${[...name].slice(0, 23).join('')}…` : name
    return `<text x="${labelWidth - 10}" y="${y + 13}" text-anchor="end">${escapeHtml(shown)}</text>
<rect class="real" x="${labelWidth}" y="${y}" width="${scale(real)}" height="${barHeight}"/>
<rect class="synthetic" x="${labelWidth + scale(real)}" y="${y}" width="${scale(synthetic)}" height="${barHeight}"/>
<text class="number" x="${labelWidth + scale(real + synthetic) + 8}" y="${y + 13}">${real}${synthetic > 0 ? ` + ${synthetic}` : ''}</text>
<line class="target" x1="${labelWidth + scale(target)}" x2="${labelWidth + scale(target)}" y1="${index * rowHeight}" y2="${(index + 1) * rowHeight}"/>`
  })
  const height = classes.length * rowHeight + 8
  return `<svg viewBox="0 0 ${labelWidth + barsWidth + numbersWidth} ${height}" role="img" aria-label="Images per class">
${rows.join('\n')}
</svg>`
}
