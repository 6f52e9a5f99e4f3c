import * as v from 'valibot'
import type { ErrorDetails } from './errors.ts'

/** Fields of requests as people call them. */
export const fieldNames = {
  batch: 'number of the change',
  by: 'name of who does it',
  className: 'class name',
  copies: 'number of patches of each box',
  count: 'number of images',
  depth: 'grey depth',
  folder: 'folder',
  fromStep: 'step',
  hours: 'hours',
  ids: 'list of images',
  importId: 'number of the import',
  joinWithin: 'distance within which parts are joined',
  leaveOut: 'list of classes left out',
  level: 'folder level',
  limit: 'number of entries',
  minutes: 'number of minutes',
  name: 'name',
  note: 'note',
  pattern: 'pattern',
  perFrame: 'number of good patches of each frame',
  reason: 'reason',
  root: 'folder of the classes',
  runId: 'number of the run',
  sampleIds: 'list of candidates',
  search: 'search text',
  seed: 'seed',
  shares: 'shares of validation and test',
  side: 'smallest edge of a patch',
  size: 'image size',
  steps: 'number of steps',
  target: 'number of images of a class',
  test: 'share of test',
  threshold: 'threshold',
  val: 'share of validation',
  value: 'margin',
  within: 'range of numbers',
} as const
export type FieldName = keyof typeof fieldNames

export const isFieldName = (name: unknown): name is FieldName => typeof name === 'string' && name in fieldNames

/** What a field may be. Bounds are included; null where there is none. */
export interface Allowed {
  readonly kind: 'number' | 'text' | 'list' | 'choice'
  readonly least: number | null
  readonly most: number | null
  readonly isWhole: boolean
  readonly multipleOf: number | null
  /** Words that are taken, too, or alone. */
  readonly words: readonly string[]
}

/** A value that was refused; `value` is cut to what can be read, `length` that of a text or list. */
export interface RefusedInput {
  readonly field: FieldName
  readonly value: string
  readonly length: number | null
  readonly allowed: Allowed
}

const shownCharacters = 40

/** The first value that people can have given and that its field does not take; null where a program asked wrongly. */
export function findRefusedInput(
  schema: v.GenericSchema,
  issues: readonly v.BaseIssue<unknown>[],
): RefusedInput | null {
  for (const { path = [], input } of issues) {
    const field = path.map(({ key }) => key).findLast(isFieldName)
    const found = path.reduce<unknown>((within, item) => inside(within, item), schema)
    const allowed = found === undefined ? null : allowedBy(found)
    if (field !== undefined && allowed !== null) return { field, allowed, ...shown(input) }
  }
  return null
}

/** For the command line and the log: what it is, and what it may be. */
export function describeRefusedInput({ field, value, length, allowed }: RefusedInput): string {
  const name = `The ${fieldNames[field]}`
  const can = possible(allowed)
  if (length === 0) return `${name} is empty; it can ${can}.`
  if (length === null) return `${name} ${value === '' ? 'is missing' : `is ${value}`}; it can ${can}.`
  if (allowed.kind === 'choice') return `${name} is “${value}”; it can ${can}.`
  const has = allowed.kind === 'list' ? `has ${length} entries` : `has ${length} characters (“${value}”)`
  return `${name} ${has}; it can ${can}.`
}

/** As the details of a failure, which are flat. */
export const refusedInputDetails = ({ field, value, length, allowed }: RefusedInput): ErrorDetails => ({
  ...{ field, value, length },
  ...{ kind: allowed.kind, least: allowed.least, most: allowed.most, isWhole: allowed.isWhole },
  ...{ multipleOf: allowed.multipleOf, words: allowed.words.join(', ') },
})

const Details = v.object({
  field: v.custom<FieldName>(isFieldName),
  value: v.string(),
  length: v.nullable(v.number()),
  kind: v.picklist(['number', 'text', 'list', 'choice']),
  least: v.nullable(v.number()),
  most: v.nullable(v.number()),
  isWhole: v.boolean(),
  multipleOf: v.nullable(v.number()),
  words: v.string(),
})

/** What `refusedInputDetails` wrote; null for other failures. */
export function readRefusedInput(details: ErrorDetails): RefusedInput | null {
  const read = v.safeParse(Details, details)
  if (!read.success) return null
  const { field, value, length, words, ...allowed } = read.output
  return { field, value, length, allowed: { ...allowed, words: words === '' ? [] : words.split(', ') } }
}

function possible({ kind, least, most, isWhole, multipleOf, words }: Allowed): string {
  const named = words.map((word) => `“${word}”`)
  switch (kind) {
    case 'choice':
      return `be ${named.join(', ')}`
    case 'text':
      return `have ${between(least, most)} characters`
    case 'list':
      return `have ${between(least, most)} entries`
    case 'number':
      return [
        `be ${isWhole ? 'a whole number' : 'a number'} ${between(least, most)}`.trimEnd(),
        ...(multipleOf === null ? [] : [`a multiple of ${multipleOf}`]),
        ...(named.length === 0 ? [] : [`or ${listed(named)}`]),
      ].join(', ')
  }
}

/** “a”; “a” or “b”; “a”, “b” or “c”. */
const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`

function between(least: number | null, most: number | null): string {
  if (least !== null && most !== null) return `from ${least} to ${most}`
  if (least !== null) return `of at least ${least}`
  return most === null ? '' : `of at most ${most}`
}

function shown(input: unknown): Pick<RefusedInput, 'value' | 'length'> {
  if (typeof input === 'string') {
    const characters = [...input.trim()]
    const cut = characters.slice(0, shownCharacters).join('')
    return { value: characters.length > shownCharacters ? `${cut}…` : cut, length: characters.length }
  }
  if (Array.isArray(input)) return { value: '', length: input.length }
  return { value: typeof input === 'number' && !Number.isNaN(input) ? String(input) : '', length: null }
}

// What a schema of valibot says of itself; its types know each kind by itself only.
interface Described {
  readonly type: string
  readonly entries?: Readonly<Record<string, unknown>>
  readonly item?: unknown
  readonly wrapped?: unknown
  readonly options?: readonly unknown[]
  readonly literal?: unknown
  readonly pipe?: readonly { readonly type: string; readonly requirement?: unknown }[]
}

const described = (schema: unknown): Described => {
  const found = schema as Described
  return found.wrapped === undefined ? found : described(found.wrapped)
}

function inside(schema: unknown, { key, input }: { readonly key: unknown; readonly input: unknown }): unknown {
  if (schema === undefined) return undefined
  const { entries, item, options } = described(schema)
  if (item !== undefined) return item
  if (entries !== undefined) return entries[String(key)]
  // Of a variant the one that is meant, by its words.
  const meant = options?.find((option) =>
    Object.entries(described(option).entries ?? {}).every(
      ([name, entry]) =>
        described(entry).type !== 'literal' ||
        (input as Readonly<Record<string, unknown>>)[name] === described(entry).literal,
    ),
  )
  return meant === undefined ? undefined : inside(meant, { key, input })
}

const kinds: Readonly<Partial<Record<string, Allowed['kind']>>> = {
  number: 'number',
  string: 'text',
  array: 'list',
  picklist: 'choice',
  literal: 'choice',
}

function allowedBy(schema: unknown): Allowed | null {
  const { type, options = [], literal, pipe = [] } = described(schema)
  if (type === 'union') {
    const all = options.map(allowedBy)
    const words = all.flatMap((each) => each?.words ?? [])
    const other = all.find((each) => each !== null && each.kind !== 'choice')
    return other === undefined || other === null ? choiceOf(words) : { ...other, words }
  }
  const kind = kinds[type]
  if (kind === undefined) return null
  if (kind === 'choice') return choiceOf(type === 'literal' ? [String(literal)] : options.map(String))
  const limit = (...names: readonly string[]): number | null => {
    const requirement = pipe.findLast((action) => names.includes(action.type))?.requirement
    return typeof requirement === 'number' ? requirement : null
  }
  return {
    kind,
    least: limit('min_value', 'min_length'),
    most: limit('max_value', 'max_length'),
    isWhole: pipe.some((action) => action.type === 'integer'),
    multipleOf: limit('multiple_of'),
    words: [],
  }
}

const choiceOf = (words: readonly string[]): Allowed => ({
  ...{ kind: 'choice', least: null, most: null, isWhole: false, multipleOf: null },
  words,
})
