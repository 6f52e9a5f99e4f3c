const typingInputs = new Set(['text', 'search', 'number', 'email', 'url', 'password', 'date', 'time', 'tel'])
const rangeKeys = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'])

/**
 * True where a key press belongs to the element itself: everything while text is typed, arrows on a slider or among
 * radio buttons, Enter and space on what they press. Every other key belongs to the screen, so that a click on a filter
 * does not silence the screen's keys. (An open list is a window of its own: its keys do not come to the page.)
 */
export function ownsKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (isTextField(target) || target.closest('[role="dialog"]') !== null) return true
  if (rangeKeys.has(key))
    return target.matches('input[type="range"], input[type="radio"], [role="slider"], [role="radio"]')
  if (key === 'Enter' || key === ' ') return target.closest('button, a[href], summary, input, select') !== null
  return false
}

/** A closed list picks an entry by its first letter, without opening: a stray key would change it unseen. */
export const picksByLetter = (target: EventTarget | null, key: string): boolean =>
  target instanceof HTMLSelectElement && key.length === 1 && key !== ' '

/** Where text is typed or selected letter by letter. */
export const isTextField = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && typingInputs.has(target.type)) ||
  (target instanceof HTMLElement && target.isContentEditable)
