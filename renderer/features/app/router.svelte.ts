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

  /** False in a window that has just been opened. */
  get hasMoved(): boolean {
    return location.hash !== ''
  }

  /** Moves on from a screen, unless the user has left it meanwhile. */
  advance({ from, to }: { readonly from: Step; readonly to: Step }): void {
    if (this.#step === from) this.go(to)
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
