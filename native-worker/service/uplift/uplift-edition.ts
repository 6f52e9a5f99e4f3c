/** Another way of training or judging gives other numbers: trainings of an older edition are not used, and its verdicts are outdated. */
export const upliftEdition = 2
