const maxNameBytes = 200
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
// eslint-disable-next-line no-control-regex -- control characters are just what must not reach a file name
const forbidden = /[<>:"/\\|?*\u0000-\u001f\u007f]/g

/** A name every file system takes: unchanged where it already is one. */
export function portableName(name: string): string {
  let portable = name
    .replace(forbidden, '_')
    .replace(/[. ]+$/, (end) => '_'.repeat(end.length))
    .replace(/^ +/, (start) => '_'.repeat(start.length))
  if (portable.startsWith('.')) portable = `_${portable.slice(1)}`
  if (reserved.test(portable)) portable = `_${portable}`
  return shortened(portable) || '_'
}

/** By code points: half an emoji is no name. */
function shortened(name: string): string {
  let short = ''
  let bytes = 0
  for (const character of name) {
    bytes += Buffer.byteLength(character)
    if (bytes > maxNameBytes) break
    short += character
  }
  return short
}

/** One portable name for each name; two that would meet, even on a file system that ignores case, are numbered. */
export function portableNames(names: readonly string[]): Map<string, string> {
  const taken = new Set<string>()
  return new Map(
    names.map((name) => {
      const base = portableName(name)
      let portable = base
      for (let number = 2; taken.has(fold(portable)); number++) portable = `${base}_${number}`
      taken.add(fold(portable))
      return [name, portable]
    }),
  )
}

const fold = (name: string): string => name.normalize('NFC').toLowerCase()
