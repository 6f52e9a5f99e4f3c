import * as v from 'valibot'
import { FlawsmithError } from './errors.ts'
import { describeRefusedInput, findRefusedInput, refusedInputDetails } from './refused-input.ts'

/** No folder's name is longer anywhere: what an import brings, a rename can give. */
export const maxClassNameCharacters = 255

/** One line that is a folder's name wherever the project is exported to; of several Unicode forms that look the same the composed one. */
export const ClassName = v.pipe(
  v.string(),
  v.normalize('NFC'),
  v.trim(),
  v.minLength(1),
  v.maxLength(maxClassNameCharacters),
)

/** Those of the names that differ from another one in upper and lower case only: many file systems take them for the same. */
export function caseTwins(names: Iterable<string>): readonly string[] {
  const folded = new Map<string, Set<string>>()
  for (const name of names) {
    const key = name.normalize('NFC').toLowerCase()
    folded.set(key, (folded.get(key) ?? new Set()).add(name))
  }
  return [...folded.values()].filter((found) => found.size > 1).flatMap((found) => [...found])
}

const Named = v.object({ className: ClassName })

/** Of names that come in files. Throws `invalid_request` with the name and the limit, as a request with that name does. */
export function assertClassName(className: string): void {
  const { issues } = v.safeParse(Named, { className })
  const refused = issues === undefined ? null : findRefusedInput(Named, issues)
  if (refused !== null)
    throw new FlawsmithError('invalid_request', describeRefusedInput(refused), refusedInputDetails(refused))
}
