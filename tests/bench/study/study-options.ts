import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { EngineName } from '../../../contract/engines.ts'

const wholeNumber = v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number))

const Options = v.object({
  xsdd: v.pipe(v.string('say where X-SDD is: --xsdd <folder with a folder a class>'), v.minLength(1)),
  neu: v.pipe(v.string('say where NEU-DET is: --neu <folder with a folder a class>'), v.minLength(1)),
  /** Outside the repository: holds images, checkpoints and results.jsonl. */
  out: v.pipe(v.string('say where results go: --out <folder outside the repository>'), v.minLength(1)),
  /** The report to write or to renew; its pictures go to a folder of the same name beside it. */
  report: v.optional(v.string()),
  reportOnly: v.optional(v.boolean(), false),
  recipes: v.optional(v.string(), 'crgan,acgan,sn-dcgan-128:light'),
  sets: v.optional(v.string(), 'NEU-cut,X-SDD'),
  minutes: v.optional(v.pipe(v.string(), v.transform(Number), v.minValue(0.05)), '1.5'),
  /** Instead of minutes. */
  steps: v.optional(v.pipe(wholeNumber, v.minValue(1))),
  seeds: v.optional(wholeNumber, '3'),
  size: v.optional(wholeNumber, '64'),
  engine: v.optional(EngineName, 'tensorflow'),
})
export type StudyOptions = v.InferOutput<typeof Options>

/** Reads the command line. @throws Error naming what is missing */
export function readStudyOptions(args: readonly string[]): StudyOptions {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: [...args],
    options: {
      xsdd: text,
      neu: text,
      out: text,
      report: text,
      'report-only': { type: 'boolean' },
      recipes: text,
      sets: text,
      minutes: text,
      steps: text,
      seeds: text,
      size: text,
      engine: text,
    },
  })
  const { 'report-only': reportOnly, ...others } = values
  const parsed = v.safeParse(Options, reportOnly === undefined ? others : { ...others, reportOnly })
  if (!parsed.success) throw new Error(parsed.issues.map(({ message }) => message).join('\n'))
  return parsed.output
}
