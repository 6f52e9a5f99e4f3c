import type { Language } from './translate.svelte.ts'

/** Chinese for any Chinese system language, English for the rest. */
export const preferredLanguage = (locale: string): Language => (/^zh\b/i.test(locale) ? 'zh' : 'en')
