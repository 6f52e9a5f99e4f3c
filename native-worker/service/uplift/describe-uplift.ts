import type { UpliftState } from '../../../contract/uplift.ts'
import type { Project } from '../../project/open-project.ts'
import { lastUpliftVerdict, unfinishedUplift } from '../../project/storage/uplift.ts'
import { armsOf } from './plan-arms.ts'
import { isMeasurable, readUpliftInput } from './read-uplift-input.ts'
import { changesSince } from './uplift-basis.ts'

/** What is known of a project, and what could be. */
export function describeUplift(project: Project): UpliftState {
  const input = readUpliftInput(project)
  const result = lastUpliftVerdict(project.db)
  return {
    result,
    changed: result === null ? [] : changesSince(result, { input, size: project.size }),
    unfinished: unfinishedUplift(project.db),
    arms: armsOf(input).map(({ name }) => name),
    absent: input.absent,
    classes: input.classes.map((each, label) => ({
      ...each,
      train: input.train.counts[label] ?? 0,
      validation: input.validation?.counts[label] ?? 0,
      test: input.test.counts[label] ?? 0,
    })),
    isPossible: isMeasurable(input),
  }
}
