import type { Step } from './steps.ts'
import { isStep } from './steps.ts'

/** The current screen lives in the address (`#/review`), so that a reload comes back to it. */
export class Router {
  #step = $state.raw<Step>('start')

  constructor() {
    this.#step = stepOf(location.hash)
    window.addEventListener('hashchange', () => {
      this.#step = stepOf(location.hash)
    })
  }

  get step(): Step {
    return this.#step
  }

  go(step: Step): void {
    this.#step = step
    location.hash = `#/${step}`
  }
}

function stepOf(hash: string): Step {
  const name = hash.replace(/^#\//, '')
  return isStep(name) ? name : 'start'
}
