/** Figures as a report prints them. What was not measured is null, and stays so: the caller says it in words. */
export const count = (value: number): string => new Intl.NumberFormat('en').format(value)

export const points = (value: number): string => value.toFixed(1)

export const share = (value: number): string => `${(100 * value).toFixed(value < 0.1 ? 1 : 0)} %`

/** `2026-11-27 21:30 UTC` */
export const minute = (timestamp: string): string => `${timestamp.slice(0, 16).replace('T', ' ')} UTC`

export const day = (timestamp: string): string => timestamp.slice(0, 10)

/** `1 image`, `1,234 images`: English only. */
export const things = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`
