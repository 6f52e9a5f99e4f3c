import { engineObstacles, type EngineObstacle } from '../../contract/engines.ts'
import type { ErrorDetails } from '../../contract/errors.ts'
import { formatNumber } from './format.svelte.ts'
import { t } from './translate.svelte.ts'

/** What keeps an engine from being used, with its values; null where the details name nothing we know. */
export function obstacleText(details: ErrorDetails): string | null {
  const obstacle = engineObstacles.find((known) => known === details['obstacle'])
  if (obstacle === undefined) return null
  // Which values an obstacle has is said where it is made; a missing one shows as an empty place, not as a failure.
  const translate = t as (key: `engine.obstacle.${EngineObstacle}`, values: Readonly<Record<string, string>>) => string
  const values = Object.entries(details).map(([name, value]): [string, string] => [
    name,
    typeof value === 'number'
      ? formatNumber(value, name === 'maxError' ? inPowersOfTen : {})
      : typeof value === 'string'
        ? value
        : '',
  ])
  return translate(`engine.obstacle.${obstacle}`, Object.fromEntries(values))
}

const inPowersOfTen = { notation: 'scientific', maximumFractionDigits: 1 } as const
