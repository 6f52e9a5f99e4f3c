import type { ShellBridge } from '../../../contract/shell.ts'
import { preferredLanguage } from '../../i18n/preferred-language.ts'
import type { Language } from '../../i18n/translate.svelte.ts'
import { currentLanguage, languages, useLanguage } from '../../i18n/translate.svelte.ts'
import { zoomFactors } from './zoom.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const tileSizes = ['small', 'medium', 'large'] as const
export type TileSize = (typeof tileSizes)[number]

const keys = {
  language: 'flawsmith.language',
  theme: 'flawsmith.theme',
  inspector: 'flawsmith.inspector',
  zoom: 'flawsmith.zoom',
  tileSize: 'flawsmith.tileSize',
} as const

/** What this workstation remembers between starts. */
export class Preferences {
  readonly #shell: ShellBridge
  #theme = $state.raw<Theme>('system')
  #inspector = $state.raw('')
  #zoom = $state.raw(1)
  #tileSize = $state.raw<TileSize>('medium')

  constructor(shell: ShellBridge) {
    this.#shell = shell
    this.#tileSize = tileSizes.find((size) => size === localStorage.getItem(keys.tileSize)) ?? 'medium'
    this.#inspector = localStorage.getItem(keys.inspector) ?? ''
    this.#applyTheme(themes.find((theme) => theme === localStorage.getItem(keys.theme)) ?? 'system')
    this.#applyZoom(zoomFactors.find((factor) => String(factor) === localStorage.getItem(keys.zoom)) ?? 1)
    const language = languages.find((name) => name === localStorage.getItem(keys.language))
    useLanguage(language ?? preferredLanguage(navigator.language))
  }

  get language(): Language {
    return currentLanguage()
  }

  get theme(): Theme {
    return this.#theme
  }

  /** 1 is as designed. */
  get zoom(): number {
    return this.#zoom
  }

  /** Who decides in the review; empty until asked. */
  get inspector(): string {
    return this.#inspector
  }

  /** The system's language, unless the user chose one. */
  proposeLanguage(locale: string): void {
    if (localStorage.getItem(keys.language) === null) useLanguage(preferredLanguage(locale))
  }

  setLanguage(language: Language): void {
    localStorage.setItem(keys.language, language)
    useLanguage(language)
  }

  setTheme(theme: Theme): void {
    localStorage.setItem(keys.theme, theme)
    this.#applyTheme(theme)
  }

  setZoom(factor: number): void {
    localStorage.setItem(keys.zoom, String(factor))
    this.#applyZoom(factor)
  }

  /** Of candidates in the grid. */
  get tileSize(): TileSize {
    return this.#tileSize
  }

  setTileSize(size: TileSize): void {
    localStorage.setItem(keys.tileSize, size)
    this.#tileSize = size
  }

  setInspector(name: string): void {
    localStorage.setItem(keys.inspector, name)
    this.#inspector = name
  }

  #applyZoom(factor: number): void {
    this.#zoom = factor
    this.#shell.setZoom(factor)
  }

  #applyTheme(theme: Theme): void {
    this.#theme = theme
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
    void this.#shell.invoke('shell.setTheme', { theme })
  }
}
