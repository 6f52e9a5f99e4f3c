/** Control characters, turns of the writing direction, line separators and halves of characters. */
const invisible = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}]/gu

/**
 * One line of text in which nothing hides: what would steer a terminal, reorder what stands around it or break the line
 * is named instead, as `<U+202E>`.
 */
export const visibleText = (text: string): string => text.replace(invisible, (character) => `<U+${hex(character)}>`)

/** The same for JSON, which stays the same value. */
export const visibleJson = (json: string): string =>
  json.replace(invisible, (character) => `\\u${hex(character).toLowerCase()}`)

const hex = (character: string): string => character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
