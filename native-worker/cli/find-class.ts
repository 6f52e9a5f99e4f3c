import { FlawsmithError } from '../../contract/errors.ts'
import type { ClassSummary } from '../../contract/dataset.ts'
import type { LocalClient } from '../service/ports/local-client.ts'

/** @throws FlawsmithError `class_not_found`, naming the classes there are. */
export async function findClass(client: LocalClient, name: string): Promise<ClassSummary> {
  const { classes } = await client.request('dataset.summary', {})
  const found = classes.find((candidate) => candidate.name === name)
  if (found !== undefined) return found
  const names = classes.map((candidate) => candidate.name).join(', ')
  throw new FlawsmithError(
    'class_not_found',
    `There is no class “${name}”. This project has: ${names || 'none yet'}.`,
    {
      class: name,
    },
  )
}
