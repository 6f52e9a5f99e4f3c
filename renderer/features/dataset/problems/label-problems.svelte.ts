import type { Failure } from '../../../../contract/errors.ts'
import type { ImageId } from '../../../../contract/ids.ts'
import type { LabelCheck } from '../../../../contract/label-check.ts'
import { SvelteSet } from 'svelte/reactivity'
import type { Jobs } from '../../app/jobs.svelte.ts'

/** What the last check of the labels found, less what was settled since; kept until the project is closed. */
export class LabelProblems {
  readonly #jobs: Jobs
  readonly #settled = new SvelteSet<ImageId>()
  #check = $state.raw<LabelCheck | null>(null)
  #failure = $state.raw<Failure | null>(null)

  constructor(jobs: Jobs) {
    this.#jobs = jobs
  }

  /** Null until the labels were checked. */
  get check(): LabelCheck | null {
    return this.#check
  }
  get failure(): Failure | null {
    return this.#failure
  }
  get suspects(): LabelCheck['suspects'] {
    return this.#check?.suspects.filter(({ image }) => !this.#settled.has(image.id)) ?? []
  }
  get outliers(): LabelCheck['outliers'] {
    return this.#check?.outliers.filter(({ image }) => !this.#settled.has(image.id)) ?? []
  }

  async find(): Promise<void> {
    this.#failure = null
    const outcome = await this.#jobs.start('problems.find', {})
    if (outcome.ok) {
      this.#check = outcome.result
      this.#settled.clear()
    } else if (outcome.failure.code !== 'cancelled') this.#failure = outcome.failure
  }

  /** Somebody looked at it and decided. */
  settle(id: ImageId): void {
    this.#settled.add(id)
  }

  clear(): void {
    this.#check = null
    this.#failure = null
    this.#settled.clear()
  }
}
