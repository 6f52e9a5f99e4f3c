import { resolve } from 'node:path'
import type { Command } from 'commander'
import { FlawsmithError, maxDetailRows } from '../../../contract/errors.ts'
import type { ChainHead, VerifyProblem } from '../../../contract/export.ts'
import { counted } from '../counted.ts'
import { recordHash, wholeNumber } from '../parse-options.ts'
import { problemWords } from '../reason-words.ts'
import { withClient } from '../with-client.ts'
import type { Terminal } from '../terminal.ts'

interface VerifyOptions {
  readonly project?: string
  readonly head?: string
  readonly length?: number
}

export function addVerifyCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('verify <folder>')
    .description('check a project or an export: every file against its hash, every row and decision against the record')
    .option('--project <folder>', 'the project that wrote the export: compare it with what was recorded then')
    .option('--head <hash>', 'an end of the record kept elsewhere: 16 to 64 digits of its hash', recordHash)
    .option('--length <entries>', 'how many entries the record had then', wholeNumber)
    .option('--json', 'one JSON document on stdout')
    .action((folder: string, { project, head, length }: VerifyOptions) => {
      if ((head === undefined) !== (length === undefined))
        command.error('error: --head and --length belong together', { exitCode: 2 })
      const kept = head === undefined || length === undefined ? {} : { kept: { hash: head, length } }
      return withClient(terminal, async (client) => {
        const report = await client.perform('verify.run', {
          folder: resolve(folder),
          ...(project === undefined ? {} : { project: resolve(project) }),
          ...kept,
        })
        for (const { kind, path, detail } of report.warnings)
          terminal.log(`Warning: ${describeProblem({ kind, path, detail })}`)
        if (report.problems.length > 0) {
          for (const problem of report.problems) terminal.log(describeProblem(problem))
          for (const line of headLines(report.head)) terminal.log(line)
          const [first] = report.problems
          throw new FlawsmithError(
            'verify_failed',
            `${counted(report.problems.length, 'problem')} in ${report.folder}; the first: ${first === undefined ? '' : placeOf(first)}.`,
            {
              problems: report.problems.length,
              folder: report.folder,
              // For programs.
              found: report.problems.slice(0, maxDetailRows).map((problem) => ({ ...problem })),
            },
          )
        }
        terminal.result(report, [
          `${report.folder}: ${counted(report.filesChecked, 'file')} checked, no problems`,
          ...headLines(report.head),
        ])
      })
    })
}

const placeOf = ({ kind, path }: VerifyProblem): string => `${problemWords[kind]}: ${path}`
const describeProblem = (problem: VerifyProblem): string => `${placeOf(problem)} (${problem.detail})`

const headLines = (head: ChainHead | null): string[] =>
  head === null ? [] : [`record: ${counted(head.length, 'entry', 'entries')}${timeOf(head)}, ending in ${head.hash}`]

const timeOf = ({ recordedAt }: ChainHead): string => (recordedAt === null ? '' : `, the last of ${recordedAt}`)
