import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, '../../../../renderer/styles/tokens.css'), 'utf8')

function tokensOf(selector: string): Readonly<Record<string, string>> {
  const start = css.indexOf(selector)
  expect(start).toBeGreaterThanOrEqual(0)
  const body = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start))
  return Object.fromEntries(
    [...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
  )
}

/** WCAG 2 contrast of two #rrggbb colours. */
function contrast(first: string, second: string): number {
  const luminance = (colour: string): number => {
    const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    const [red = 0, green = 0, blue = 0] = channels.map((value) =>
      value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [low = 0, high = 0] = [luminance(first), luminance(second)].toSorted((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

const light = tokensOf(":root[data-theme='light']")
const dark = tokensOf(":root[data-theme='dark']")

test('both ways into the dark theme give the same colours', () => {
  expect(tokensOf(":root:not([data-theme='light'])")).toEqual(dark)
  expect(Object.keys(dark).toSorted()).toEqual(Object.keys(light).toSorted())
})

describe.each([
  ['light', light],
  ['dark', dark],
])('%s theme', (_name, tokens) => {
  const surfaces = ['canvas', 'surface', 'surface-raised', 'surface-sunken', 'surface-selected'] as const
  test.each(
    surfaces.flatMap((surface) => ['text', 'text-muted', 'text-faint'].map((text) => [text, surface] as const)),
  )('%s on %s is readable', (text, surface) => {
    expect(contrast(tokens[`--${text}`] ?? '', tokens[`--${surface}`] ?? '')).toBeGreaterThanOrEqual(4.5)
  })
  test.each(['good', 'warn', 'bad'])('%s text on its own surface is readable', (tone) => {
    expect(contrast(tokens[`--${tone}-text`] ?? '', tokens[`--${tone}-surface`] ?? '')).toBeGreaterThanOrEqual(4.5)
  })
  test('text on the main button is readable', () => {
    expect(contrast(tokens['--on-accent'] ?? '', tokens['--accent'] ?? '')).toBeGreaterThanOrEqual(4.5)
  })
})
