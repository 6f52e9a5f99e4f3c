import type uPlot from 'uplot'
import { formatNumber } from '../../i18n/format.svelte.ts'

const legendHeight = 24

/** uPlot's options in the theme's colours, read from the tokens in force. */
export function chartOptions({
  labels,
  width,
  height,
  style,
  range,
}: {
  readonly labels: readonly string[]
  readonly width: number
  readonly height: number
  readonly style: CSSStyleDeclaration
  readonly range: () => readonly [number, number]
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
    height: Math.max(60, height - legendHeight),
    padding: [8, 10, 0, 0],
    cursor: { y: false, points: { size: 6 }, drag: { setScale: false } },
    legend: { live: true },
    scales: { x: { time: false }, y: { auto: false, range: () => [...range()] as [number, number] } },
    axes: [
      { ...axis, size: 24, values: (_plot, ticks) => ticks.map(short) },
      { ...axis, size: 44, values: (_plot, ticks) => ticks.map(short) },
    ],
    series: [
      { label: '#', value: (_plot, value: number | null) => (value === null ? '–' : formatNumber(value)) },
      ...labels.map((label, index) => ({
        label,
        stroke: colour(`series-${String((index % 6) + 1)}`),
        width: 1.5,
        // A rare measurement (coverage, KID) has no neighbour to draw a line to.
        points: { size: 5, show: (plot: uPlot, at: number) => countMeasured(plot.data[at] ?? []) < 40 },
        spanGaps: true,
        value: (_plot: uPlot, value: number | null) =>
          value === null ? '–' : formatNumber(value, { maximumFractionDigits: 3 }),
      })),
    ],
  }
}

const countMeasured = (values: ArrayLike<number | null | undefined>): number =>
  Array.from(values).filter((value) => typeof value === 'number').length
