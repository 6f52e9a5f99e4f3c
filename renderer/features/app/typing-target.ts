const typingInputs = new Set(['text', 'search', 'number', 'email', 'url', 'password', 'date', 'time', 'tel'])

/** True where a key press belongs to the element itself: text fields, selects, buttons under Enter or space. */
export function ownsKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  if (target instanceof HTMLInputElement) {
    return typingInputs.has(target.type) || key.startsWith('Arrow') || key === ' ' || key === 'Enter'
  }
  if (target.closest('[role="radiogroup"], [role="dialog"], [role="slider"]') !== null) return true
  return target.closest('button, a[href], summary') !== null && (key === 'Enter' || key === ' ')
}
