const natural = new Intl.Collator('en', { numeric: true })

/** As a person sorts names: 9 before 10. */
export const byName = (a: string, b: string): number => natural.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)
