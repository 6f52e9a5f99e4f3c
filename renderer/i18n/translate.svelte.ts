import { createInstance } from 'i18next'
import type { LocalizedText } from '../../contract/training.ts'
import { visibleText } from '../../contract/visible-text.ts'
import { en } from './en.ts'
import type { MessageKey, MessageValues } from './message-types.ts'
import { zh } from './zh.ts'

export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]

const engine = createInstance()
void engine.init({
  resources: { en: { translation: en }, zh: { translation: zh } },
  fallbackLng: false,
  keySeparator: false,
  nsSeparator: false,
  // Svelte escapes what it renders; what is left to guard against is a name that turns the sentence around it.
  interpolation: { escape: visibleText },
  initAsync: false,
})
const translators = { en: engine.getFixedT('en'), zh: engine.getFixedT('zh') }

let language = $state.raw<Language>('en')

/** Read inside a template or `$derived`, it follows the language at run time; so does everything below. */
export const currentLanguage = (): Language => language

export function useLanguage(next: Language): void {
  language = next
  document.documentElement.lang = next === 'zh' ? 'zh-Hans' : 'en'
}

export function t<Key extends MessageKey>(key: Key, ...[values]: MessageValues<Key>): string {
  // i18next's own types cannot express keys that lose their plural suffix; `MessageKey` does.
  const translate = translators[language] as (key: string, values?: Readonly<Record<string, string | number>>) => string
  return translate(key, values)
}

/** Texts that arrive with the data, such as recipe descriptions. */
export const localize = (text: LocalizedText): string => text[language]
