import type { ChangeKind } from '../../../../contract/changes.ts'

/** What was done, to name a change in a sentence: “change 7, classes merged”. */
export const changeWords: Readonly<Record<ChangeKind, string>> = {
  relabel: 'images moved to another class',
  exclude: 'images excluded',
  restore: 'images restored',
  rename: 'a class renamed',
  merge: 'classes merged',
  'remove-class': 'a class removed',
  'revive-class': 'a removed class there again with an import',
  'leave-out': 'a class left out',
  'take-back-in': 'a class taken back in',
  'free-of-defects': 'a class declared free of defects, or no longer so',
  'undo-import': 'an import taken back',
  'settle-conflict': 'the label of images decided',
  'join-group': 'images put into one group',
  'split-group': 'images taken out of their groups',
  resize: 'the size of the project changed',
  undo: 'a change taken back',
}
