import type { ImageClassMarks } from '../../../contract/marks.ts'
import { MarkRefused } from './formats/parsed-marks.ts'

/** Names that say no more than that there is a defect, as data sets with one category for all give it. */
const genericNames: ReadonlySet<string> = new Set([
  ...['defect', 'defects', 'defective', 'anomaly', 'anomalies', 'anomalous', 'fault', 'flaw', 'damage', 'ng', 'object'],
  ...['缺陷', '瑕疵', '异常', '不良', '不良品'],
])

interface Task {
  readonly isClass: (name: string) => boolean
  /** All that the import names. */
  readonly categories: ReadonlySet<string>
}

/** Decides whether a mark of a file may be one of the class of its image, and counts those that are only because the file says no class. */
export class ClassOfMark {
  readonly #task: Task
  readonly #counts = new Map<string | null, number>()

  constructor(task: Task) {
    this.#task = task
  }

  /** Throws `MarkRefused` (`other_class`, `unknown_category`). @param category null where the file names none */
  check(category: string | null, className: string): void {
    const { isClass, categories } = this.#task
    if (category === className) return
    if (category !== null) {
      if (isClass(category))
        throw new MarkRefused('other_class', `a mark of “${category}” on an image of “${className}”`)
      if (categories.size > 1 || !genericNames.has(category.trim().toLowerCase()))
        throw new MarkRefused(
          'unknown_category',
          `“${category}” on an image of “${className}”: rename the category in the file, or add the class to the project`,
        )
    }
    this.#counts.set(category, (this.#counts.get(category) ?? 0) + 1)
  }

  get counts(): ImageClassMarks[] {
    return [...this.#counts].map(([category, marks]) => ({ category, marks }))
  }
}
