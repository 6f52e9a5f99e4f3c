import { fewestImagesToCompare } from '../../contract/training.ts'
import type { ClassVerdict, RunVerdict } from '../../contract/run-verdict.ts'
import { formatTable } from './table.ts'

const words = { ready: 'ready to look at', settled: 'has stopped getting better' } as const

/** A verdict in the words that the window uses. */
export function verdictInWords({ kind, minutesMore, why }: Pick<RunVerdict, 'kind' | 'minutesMore' | 'why'>): string {
  switch (kind) {
    case 'ready':
    case 'settled':
      return words[kind]
    case 'improving':
      return minutesMore === null
        ? 'still getting better'
        : `still getting better (about ${Math.max(1, Math.round(minutesMore))} min more)`
    case 'unmeasured':
      return why === 'early' ? 'not measured often enough yet' : 'not measured'
  }
}

/** The verdict on a run, and every class with its figures, what they are held against, and how many images that is from. */
export const describeVerdict = (verdict: RunVerdict): readonly string[] => [
  `Verdict: ${verdictInWords(verdict)}.`,
  ...(verdict.classes.length === 0
    ? []
    : formatTable([
        ['class', 'images', 'coverage', 'real', 'distance', 'real', 'verdict'],
        ...verdict.classes.map(classRow),
      ])),
]

function classRow({ className, likeness, ...verdict }: ClassVerdict): readonly string[] {
  const { images, coverage, coverageFloor, distance, floor } = likeness
  const figure = (value: number | null): string => (value === null ? '–' : value.toFixed(2))
  const tooFew = verdict.why === 'tooFewImages' ? ` (${fewestImagesToCompare} images needed)` : ''
  return [
    className,
    String(images ?? '–'),
    ...[coverage, coverageFloor, distance, floor].map(figure),
    verdictInWords(verdict) + tooFew,
  ]
}
