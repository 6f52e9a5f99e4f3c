import type { ExportPlanClass } from '../../../../contract/export.ts'
import { escapeHtml } from './escape-html.ts'

const barHeight = 18
const rowHeight = 28
const labelWidth = 190
const barsWidth = 470
const numbersWidth = 120

/** One bar a class as SVG: real images, synthetic ones after them, a line at the target. */
export function classChart(classes: readonly ExportPlanClass[], target: number): string {
  const largest = Math.max(target, ...classes.map(({ real, synthetic }) => real + synthetic), 1)
  const scale = (count: number): number => Math.round((count / largest) * barsWidth * 10) / 10
  const rows = classes.map(({ name, real, synthetic }, index) => {
    const y = index * rowHeight + 6
    const shown = [...name].length > 24 ? `${[...name].slice(0, 23).join('')}…` : name
    return `<text x="${labelWidth - 10}" y="${y + 13}" text-anchor="end">${escapeHtml(shown)}</text>
<rect class="real" x="${labelWidth}" y="${y}" width="${scale(real)}" height="${barHeight}"/>
<rect class="synthetic" x="${labelWidth + scale(real)}" y="${y}" width="${scale(synthetic)}" height="${barHeight}"/>
<text class="number" x="${labelWidth + scale(real + synthetic) + 8}" y="${y + 13}">${real}${synthetic > 0 ? ` + ${synthetic}` : ''}</text>`
  })
  const height = classes.length * rowHeight + 8
  const line = labelWidth + scale(target)
  return `<svg viewBox="0 0 ${labelWidth + barsWidth + numbersWidth} ${height}" role="img" aria-label="Images per class">
${rows.join('\n')}
<line class="target" x1="${line}" x2="${line}" y1="0" y2="${height}"/>
</svg>`
}
