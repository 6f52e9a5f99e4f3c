import type { ChangeBatch } from '../../contract/changes.ts'
import { counted } from './counted.ts'

/** What a call changed, as one line of the history. */
export function describeChange(change: ChangeBatch): string {
  const { kind, className, to, importId, undoes } = change
  if (undoes !== null) return `change ${undoes} taken back`
  const images = counted(change.images, 'image')
  const name = className ?? 'several classes'
  switch (kind) {
    case 'relabel':
      return `${images} moved${className === null ? '' : ` from ${className}`} to ${to ?? 'several classes'}`
    case 'exclude':
      return `${images} excluded`
    case 'restore':
      return `${images} restored`
    case 'rename':
      return `${name} renamed to ${to ?? ''}`
    case 'merge':
      return `${name} merged into ${to ?? ''}, ${images}`
    case 'remove-class':
      return `${name} removed with ${images}`
    case 'revive-class':
      return `${name} is there again`
    case 'leave-out':
      return `${name} left out`
    case 'take-back-in':
      return `${name} taken back in`
    case 'free-of-defects':
      return change.isFree === true ? `${name} declared free of defects` : `${name} no longer free of defects`
    case 'undo-import':
      return `import ${importId ?? ''} taken back, ${images}`
    case 'settle-conflict':
      return `label of ${images} decided`
    case 'join-group':
      return `${images} put into one group`
    case 'split-group':
      return `${images} taken out of their groups`
    case 'resize':
      return 'size of the project changed'
    case 'undo':
      return 'a change taken back'
  }
}
