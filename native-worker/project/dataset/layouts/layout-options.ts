import type { LayoutChoice } from '../../../../contract/layouts.ts'

/** The options of the command line that choose a proposal, ready to be typed. */
export const layoutOptions = ({ layout, root, level }: LayoutChoice): string =>
  [
    `--layout ${layout}`,
    `--root ${root === '' ? '.' : quoted(root)}`,
    ...(layout === 'flat' ? ['--class <name>'] : []),
    ...((layout === 'classes' && level > 1) || (layout === 'splits' && level !== 2) ? [`--level ${level}`] : []),
  ].join(' ')

const quoted = (text: string): string =>
  /^[\w./-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", `'\\''`)}'`
