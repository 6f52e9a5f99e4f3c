import { currentLanguage, t } from './translate.svelte.ts'

const locales = { en: 'en', zh: 'zh-Hans' } as const

const locale = (): string => locales[currentLanguage()]

export const formatNumber = (value: number, options?: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(locale(), options).format(value)

/** 0.25 → "25%". */
export const formatShare = (share: number): string =>
  formatNumber(share, { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 })

export const formatDateTime = (iso: string): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso))

/** Day and minute without the year, for lists that are narrow: "Nov 22, 8:10 PM". */
export const formatMoment = (iso: string): string =>
  new Intl.DateTimeFormat(locale(), { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' }).format(
    new Date(iso),
  )

/** "18:00" as people write it: "6:00 PM". */
export function formatTimeOfDay(time: string): string {
  const [hours, minutes] = time.split(':').map(Number)
  return new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }).format(new Date(2000, 0, 1, hours, minutes))
}

/** "10:12 PM". */
export const formatTime = (iso: string): string =>
  new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }).format(new Date(iso))

const sizeUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

export function formatSize(sizeBytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(sizeBytes, 1)) / 3), sizeUnits.length - 1)
  return formatNumber(sizeBytes / 1000 ** power, {
    style: 'unit',
    unit: sizeUnits[power] ?? 'byte',
    maximumFractionDigits: power === 0 ? 0 : 1,
  })
}

/** Coarse on purpose: "48 s", "12 min", "3 h 05 min". */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 90) return t('duration.seconds', { seconds: whole })
  const minutes = Math.round(whole / 60)
  if (minutes < 90) return t('duration.minutes', { minutes })
  const rest = String(minutes % 60).padStart(2, '0')
  return t('duration.hours', { hours: Math.floor(minutes / 60), minutes: rest })
}

/** "good, pit, scratch"; in Chinese with the comma of lists. */
export const formatList = (items: readonly string[]): string => items.join(currentLanguage() === 'zh' ? '、' : ', ')

/** Chinese sentences follow each other without a space. */
export const joinSentences = (sentences: readonly string[]): string =>
  sentences.join(currentLanguage() === 'zh' ? '' : ' ')

/** "16, 24 or 32". */
export const formatChoices = (values: readonly number[]): string =>
  new Intl.ListFormat(locale(), { type: 'disjunction' }).format(values.map(String))
