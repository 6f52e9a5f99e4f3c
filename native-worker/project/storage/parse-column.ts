import * as v from 'valibot'
import { FlawsmithError } from '../../../contract/errors.ts'

/** What a JSON column holds. @throws FlawsmithError `project_corrupt` for anything but what is written there */
export function parseColumn<Schema extends v.GenericSchema>(
  schema: Schema,
  { column, json }: { readonly column: string; readonly json: string },
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, JSON.parse(json))
  if (parsed.success) return parsed.output
  throw new FlawsmithError(
    'project_corrupt',
    `The database of the project holds something foreign in ${column}: ${json.slice(0, 100)}. Restore one of its automatic backups.`,
    { column, found: json.slice(0, 100) },
  )
}
