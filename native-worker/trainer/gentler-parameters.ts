import type { ParameterValues } from '../../contract/training.ts'

/**
 * A recipe's parameters after it has left the rails `rollbacks` times: every learning rate halved each time, and the gradient
 * penalty, where the recipe has one, four times as strong.
 */
export function gentlerParameters(parameters: ParameterValues, rollbacks: number): ParameterValues {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]): [string, ParameterValues[string]] => {
      if (typeof value !== 'number') return [name, value]
      if (name.endsWith('Rate')) return [name, value / 2 ** rollbacks]
      return [name, name === 'penalty' ? value * 4 ** rollbacks : value]
    }),
  )
}
