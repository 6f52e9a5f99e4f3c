import type { UpliftDosePoint } from '../../../contract/uplift.ts'
import type { ReportTexts } from './en-report.ts'
import { markup, type Html } from './markup.ts'

const plot = { left: 44, top: 24, width: 330, height: 150 }

interface Series {
  readonly mix: UpliftDosePoint['mix']
  readonly points: readonly UpliftDosePoint[]
}

/**
 * Differences over doses with their intervals. The reference is the dotted line at 0. What tells the series apart is a filled circle on a
 * solid line and an open square on a dashed one: it is printed in black and white.
 */
export function doseChart(
  curve: readonly UpliftDosePoint[],
  {
    title,
    texts,
    reach: largestReach,
  }: {
    readonly title: string
    readonly texts: ReportTexts['measured']
    /** Points above and below 0 that the chart shows. */
    readonly reach: number
  },
): Html {
  const reach = largestReach * 1.05
  const largest = Math.max(...curve.map(({ dose }) => dose))
  const x = (dose: number): number => plot.left + (dose / largest) * plot.width
  const y = (value: number): number => plot.top + plot.height / 2 - (value / reach) * (plot.height / 2)
  const series: readonly Series[] = (['mixed', 'first'] as const)
    .map((mix) => ({ mix, points: curve.filter((point) => point.mix === mix).toSorted((a, b) => a.dose - b.dose) }))
    .filter(({ points }) => points.length > 0)
  const tick = reach > 8 ? Math.floor(reach / 2 / 5) * 5 || 5 : Math.max(1, Math.floor(reach / 2))
  const bottom = plot.top + plot.height
  const doses = [...new Set([0, ...curve.map(({ dose }) => dose)])]
  return markup`<figure><figcaption>${title}</figcaption>
<svg class="chart" viewBox="0 0 ${plot.left + plot.width + 40} ${bottom + 42}" role="img" aria-label="${title}">
${[-tick, tick].map((value) => markup`<line class="grid" x1="${plot.left}" x2="${plot.left + plot.width}" y1="${one(y(value))}" y2="${one(y(value))}"/>`)}
<line class="zero" x1="${plot.left}" x2="${plot.left + plot.width}" y1="${one(y(0))}" y2="${one(y(0))}"/>
<line class="axis" x1="${plot.left}" x2="${plot.left}" y1="${plot.top}" y2="${bottom}"/><line class="axis" x1="${plot.left}" x2="${plot.left + plot.width}" y1="${bottom}" y2="${bottom}"/>
${[-tick, 0, tick].map((value) => markup`<text class="end" x="${plot.left - 6}" y="${one(y(value) + 4)}">${value > 0 ? `+${value}` : value < 0 ? `−${-value}` : '0'}</text>`)}
${doses.map((dose) => markup`<text class="middle" x="${one(x(dose))}" y="${bottom + 14}">${dose}</text>`)}
<text x="${plot.left}" y="${plot.top - 8}">${texts.pointsAxis}</text><text x="${plot.left + plot.width + 8}" y="${bottom + 4}">${texts.doseAxis}</text>
${series.map((each, index) => seriesOf(each, { x, y, shift: index * 6 }))}
${series.map(({ mix }, index) => {
  const [left, middle] = [plot.left + index * 130, bottom + 34]
  return markup`<line class="curve ${mix}" x1="${left}" x2="${left + 26}" y1="${middle}" y2="${middle}"/>${marker(mix, { x: left + 13, y: middle })}<text x="${left + 32}" y="${middle + 4}">${texts.mixes[mix]}</text>`
})}
</svg></figure>
`
}

interface Scale {
  readonly x: (dose: number) => number
  readonly y: (value: number) => number
  /** To the right, so that intervals of two series at one dose lie beside each other. */
  readonly shift: number
}

function seriesOf({ mix, points }: Series, { x, y, shift }: Scale): Html {
  const places = points.map(({ dose, delta }) => ({ x: x(dose) + shift, y: y(delta) }))
  // Dose 0 is the reference itself: the mixed curve begins there.
  const line = mix === 'mixed' ? [{ x: x(0), y: y(0) }, ...places] : places
  return markup`<polyline class="curve ${mix}" points="${line.map((place) => `${one(place.x)},${one(place.y)}`).join(' ')}"/>
${points.map(({ dose, low, high }) => {
  const at = x(dose) + shift
  return markup`<line x1="${one(at)}" x2="${one(at)}" y1="${one(y(low))}" y2="${one(y(high))}"/>${[low, high].map(
    (end) => markup`<line x1="${one(at - 3)}" x2="${one(at + 3)}" y1="${one(y(end))}" y2="${one(y(end))}"/>`,
  )}`
})}${places.map((place) => marker(mix, place))}`
}

const marker = (mix: UpliftDosePoint['mix'], { x, y }: { readonly x: number; readonly y: number }): Html =>
  mix === 'mixed'
    ? markup`<circle class="filled" cx="${one(x)}" cy="${one(y)}" r="3.5"/>`
    : markup`<rect class="open" x="${one(x - 3.5)}" y="${one(y - 3.5)}" width="7" height="7"/>`

const one = (value: number): string => value.toFixed(1)
