import { MediaQuery } from 'svelte/reactivity'
import type { Preferences } from '../app/preferences.svelte.ts'

/** Canvas drawings do not follow style sheets: `key` changes with theme and language, then they are drawn anew. */
export class ChartAppearance {
  readonly #preferences: Preferences
  readonly #dark = new MediaQuery('(prefers-color-scheme: dark)')

  constructor(preferences: Preferences) {
    this.#preferences = preferences
  }

  get key(): string {
    const { theme, language } = this.#preferences
    return `${theme} ${String(this.#dark.current)} ${language}`
  }
}
