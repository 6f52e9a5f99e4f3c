import { counted } from './counted.ts'

/** Said wherever splits are locked and images have no side yet. @param count how many */
export const undividedSentence = (count: number): readonly string[] =>
  count === 0
    ? []
    : [
        `${counted(count, 'image has', 'images have')} no side yet: with locked splits it is given once and for all, after ${count === 1 ? 'it was' : 'they were'} compared with the others (\`flawsmith groups find\`; train, uplift and export do it by themselves).`,
      ]
