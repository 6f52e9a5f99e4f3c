import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Bundles that plain Node runs; it cannot read inside an asar archive. */
const computeEntries = ['trainer.js', 'images.js'] as const

export interface ComputeRoots {
  /** File names in the bundles' folder: the entries and every chunk they load. */
  readonly bundles: readonly string[]
  /** Which of the declared packages these name, in whatever way they load them. */
  readonly packages: readonly string[]
}

/** Reads from the built bundles what the compute children load. */
export async function findComputeRoots(
  folder: string,
  { declared }: { readonly declared: readonly string[] },
): Promise<ComputeRoots> {
  const texts = new Map<string, string>()
  const visit = async (name: string): Promise<void> => {
    if (texts.has(name)) return
    const text = await readFile(join(folder, name), 'utf8')
    texts.set(name, text)
    for (const [, chunk] of text.matchAll(/["'`]\.\/([\w.-]+\.js)["'`]/g)) if (chunk !== undefined) await visit(chunk)
  }
  for (const entry of computeEntries) await visit(entry)
  const all = [...texts.values()].join('\n')
  return { bundles: [...texts.keys()].sort(), packages: declared.filter((name) => namesPackage(all, name)).sort() }
}

/** As a string of its own or the start of a path below it: imports, `require` and `resolve` all look like that. */
export const namesPackage = (text: string, name: string): boolean =>
  ['"', "'", '`'].some((quote) => text.includes(`${quote}${name}${quote}`) || text.includes(`${quote}${name}/`))
