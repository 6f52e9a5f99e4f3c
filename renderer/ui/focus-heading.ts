/** Where a reader starts after the screen changed: its heading, else the screen itself. */
export function focusHeading(): void {
  const screen = document.querySelector<HTMLElement>('main')
  const heading = screen?.querySelector<HTMLElement>('h2[tabindex]') ?? screen
  heading?.focus({ preventScroll: true })
}

/** True where the focused element is gone, and the next key press would start at the top of the page. */
export const isFocusLost = (): boolean => document.activeElement === null || document.activeElement === document.body
