import type uPlot from 'uplot'
import { formatNumber } from '../../i18n/format.svelte.ts'
import type { ChartRange } from './chart-range.ts'

/** The token of a curve's colour. */
export const seriesToken = (index: number): string => `series-${String((index % 6) + 1)}`

/** uPlot's options in the theme's colours, read from the tokens in force. */
export function chartOptions({
  curveCount,
  width,
  height,
  style,
  ranges,
  onpoint,
}: {
  readonly curveCount: number
  readonly width: number
  readonly height: number
  readonly style: CSSStyleDeclaration
  /** Asked whenever the data change. */
  readonly ranges: () => { readonly steps: ChartRange | null; readonly values: ChartRange }
  /** Index of the point under the pointer, null when it leaves. */
  readonly onpoint: (index: number | null) => void
}): uPlot.Options {
  const colour = (token: string): string => style.getPropertyValue(`--${token}`).trim()
  const axis: uPlot.Axis = {
    stroke: colour('text-faint'),
    font: `11px ${style.fontFamily}`,
    grid: { stroke: colour('border'), width: 1 },
    ticks: { show: false },
    gap: 4,
  }
  const short = (value: number): string => formatNumber(value, { notation: 'compact', maximumSignificantDigits: 3 })
  return {
    width,
    height: Math.max(40, height),
    padding: [8, 10, 0, 0],
    cursor: { y: false, points: { size: 6 }, drag: { setScale: false } },
    legend: { show: false },
    hooks: {
      setCursor: [
        ({ cursor }) => {
          onpoint(cursor.idx ?? null)
        },
      ],
    },
    scales: {
      x: { time: false, range: (_plot, first, last) => toPair(ranges().steps ?? widened(first, last)) },
      y: { range: () => toPair(ranges().values) },
    },
    axes: [
      { ...axis, size: 24, values: (_plot, ticks) => ticks.map(short) },
      { ...axis, size: 44, values: (_plot, ticks) => ticks.map(short) },
    ],
    series: [
      {},
      ...Array.from({ length: curveCount }, (_, index) => ({
        stroke: colour(seriesToken(index)),
        width: 1.5,
        // A rare measurement (coverage, KID) has no neighbour to draw a line to.
        points: { size: 5, show: (plot: uPlot, at: number) => countMeasured(plot.data[at] ?? []) < 40 },
        spanGaps: true,
      })),
    ],
  }
}

/** A single step still needs a width to be drawn in. */
const widened = (first: number, last: number): ChartRange => (first < last ? [first, last] : [first - 1, first + 1])

const toPair = ([low, high]: ChartRange): [number, number] => [low, high]

const countMeasured = (values: ArrayLike<number | null | undefined>): number =>
  Array.from(values).filter((value) => typeof value === 'number').length
