const maxNameBytes = 200
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
/** What some file system refuses, and what makes a name look like another one: control characters, turns of direction. */
const forbidden = /[<>:"/\\|?*\p{Cc}\p{Bidi_Control}]/gu

/** A name every file system takes: unchanged where it already is one. */
export function portableName(name: string): string {
  let portable = name.replace(forbidden, '_').replace(/^ +/, (start) => '_'.repeat(start.length))
  if (portable.startsWith('.')) portable = `_${portable.slice(1)}`
  if (reserved.test(portable)) portable = `_${portable}`
  return shortened(portable).replace(/[. ]+$/, (end) => '_'.repeat(end.length)) || '_'
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

/**
 * One portable name for each name, no two of which meet, even on a file system that ignores case. A name that already is
 * portable keeps itself, whatever others would become; of several that differ in case only, the first does. The others
 * are numbered.
 */
export function portableNames(names: readonly string[]): Map<string, string> {
  const owners = new Map<string, string>()
  for (const name of names) if (portableName(name) === name && !owners.has(fold(name))) owners.set(fold(name), name)
  return new Map(
    names.map((name) => {
      if (owners.get(fold(name)) === name) return [name, name]
      const base = portableName(name)
      let portable = base
      for (let number = 2; owners.has(fold(portable)); number++) portable = `${base}_${number}`
      owners.set(fold(portable), name)
      return [name, portable]
    }),
  )
}

const fold = (name: string): string => name.normalize('NFC').toLowerCase()
