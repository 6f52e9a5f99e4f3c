/** The screens, in the order of the journey. */
export const steps = ['start', 'dataset', 'train', 'review', 'evaluate', 'export', 'settings'] as const
export type Step = (typeof steps)[number]

/** Steps that show something without an open project. */
export const projectlessSteps: readonly Step[] = ['start', 'settings']

export const isStep = (value: string): value is Step => (steps as readonly string[]).includes(value)
