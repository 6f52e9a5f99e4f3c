import type { Fit } from '../../../../contract/dataset.ts'
import type { Failure } from '../../../../contract/errors.ts'
import type { DepthChoice } from '../../../../contract/grey-depth.ts'
import type { FilePreview, FolderProposals, LayoutProposal } from '../../../../contract/layouts.ts'
import type { OriginalsChoice } from '../../../../contract/originals.ts'
import type { RequestInput } from '../../../../contract/service.ts'
import { failureOf } from '../../../bridge/failure-of.ts'
import type { ServiceConnection } from '../../../bridge/service-connection.svelte.ts'
import type { Jobs } from '../../app/jobs.svelte.ts'

/** Pixels an edge. */
const thumbnailSize = 96
/** Asked for at once: a slow disk shows the first rows soon. */
const previewsAtOnce = 24
const previewedClasses = 60
export const examplesOfAClass = 4

type ImportInput = RequestInput<'dataset.import'>

/** What a chosen folder could be, and what is wanted of it. Nothing is imported before the answer. */
export class ImportQuestion {
  readonly #service: Pick<ServiceConnection, 'request'>
  readonly #jobs: Jobs
  #folder = $state.raw<string | null>(null)
  #found = $state.raw<FolderProposals | null>(null)
  #failure = $state.raw<Failure | null>(null)
  #chosen = $state.raw(0)
  #leftOut = $state.raw<ReadonlySet<string>>(new Set())
  #previews = $state.raw<ReadonlyMap<string, FilePreview>>(new Map())
  className = $state.raw('')
  ignoreSplits = $state.raw(false)
  #followLinks = $state.raw(false)
  #depth = $state.raw<DepthChoice>('auto')
  originals = $state.raw<OriginalsChoice>('keep')
  /** Changes with every folder, so that answers about another are dropped. */
  #asked = 0

  constructor({ service, jobs }: { service: Pick<ServiceConnection, 'request'>; jobs: Jobs }) {
    this.#service = service
    this.#jobs = jobs
  }

  /** Null where nothing is asked. */
  get folder(): string | null {
    return this.#folder
  }
  /** Null while the folder is looked through. */
  get found(): FolderProposals | null {
    return this.#found
  }
  get failure(): Failure | null {
    return this.#failure
  }
  get chosen(): number {
    return this.#chosen
  }
  get proposal(): LayoutProposal | null {
    return this.#found?.proposals[this.#chosen] ?? null
  }
  get followLinks(): boolean {
    return this.#followLinks
  }
  get depth(): DepthChoice {
    return this.#depth
  }

  preview(path: string): FilePreview | undefined {
    return this.#previews.get(path)
  }
  isLeftOut(name: string): boolean {
    return this.#leftOut.has(name)
  }

  /** Images that would be read, duplicates among them. */
  get images(): number {
    const classes = this.proposal?.classes ?? []
    return classes.reduce((sum, { name, images }) => (this.#leftOut.has(name) ? sum : sum + images), 0)
  }

  /** What the files take that would be read, by those that were looked at; null while none was. */
  get aboutBytes(): number | null {
    const looked = [...this.#previews.values()].flatMap((preview) => (preview.ok ? [preview.fileBytes] : []))
    if (looked.length === 0) return null
    return Math.round((looked.reduce((sum, bytes) => sum + bytes, 0) / looked.length) * this.images)
  }

  /** Null while something is missing. */
  get answer(): Omit<ImportInput, 'fit'> | null {
    const { proposal, folder } = this
    const className = this.className.trim()
    if (proposal === null || folder === null || this.images === 0) return null
    if (proposal.layout === 'flat' && className === '') return null
    const { layout, root, level } = proposal
    return {
      ...{ folder, layout, root, level, followLinks: this.#followLinks, ignoreSplits: this.ignoreSplits },
      leaveOut: [...this.#leftOut],
      depth: this.#depth,
      originals: this.originals,
      ...(proposal.layout === 'flat' ? { className } : {}),
    }
  }

  async ask(folder: string, { followLinks = false } = {}): Promise<void> {
    this.#asked += 1
    const asked = this.#asked
    this.#folder = folder
    this.#followLinks = followLinks
    this.#found = null
    this.#failure = null
    this.#previews = new Map()
    this.className = ''
    this.ignoreSplits = false
    this.#depth = 'auto'
    this.#choose(0)
    const outcome = await this.#jobs.start('dataset.proposeLayouts', { folder, followLinks })
    if (asked !== this.#asked) return
    if (!outcome.ok) {
      if (outcome.failure.code === 'cancelled') this.close()
      else this.#failure = outcome.failure
      return
    }
    this.#found = outcome.result
    await this.#look()
  }

  choose(index: number): void {
    this.#choose(index)
    void this.#look()
  }

  /** Pictures are made again: they show what the choice does. */
  chooseDepth(depth: DepthChoice): void {
    this.#depth = depth
    this.#previews = new Map()
    void this.#look()
  }

  /** An import takes the class, or leaves it. */
  toggle(name: string): void {
    const leftOut = new Set(this.#leftOut)
    if (!leftOut.delete(name)) leftOut.add(name)
    this.#leftOut = leftOut
  }

  close(): void {
    const looking = this.#jobs.latest('dataset.proposeLayouts')
    if (looking?.running === true) this.#jobs.cancel(looking)
    this.#asked += 1
    this.#folder = null
  }

  /** One file in each of the ways to make it square, at the size of the project; null where it cannot be read. */
  async squares(path: string, size: number): Promise<Readonly<Record<Fit, FilePreview>> | null> {
    const folder = this.#folder
    if (folder === null) return null
    const followLinks = this.#followLinks
    const square = async (fit: Fit): Promise<FilePreview> => {
      const [preview] = await this.#service.request('dataset.previewFiles', {
        ...{ folder, paths: [path], size, fit, followLinks, depth: this.#depth },
      })
      return preview ?? { ok: false, reason: 'unreadable' }
    }
    try {
      const [crop, letterbox, stretch] = await Promise.all([square('crop'), square('letterbox'), square('stretch')])
      return { crop, letterbox, stretch }
    } catch (thrown) {
      this.#failure = failureOf(thrown)
      return null
    }
  }

  #choose(index: number): void {
    this.#chosen = index
    this.#leftOut = new Set()
  }

  async #look(): Promise<void> {
    const asked = this.#asked
    const folder = this.#folder
    const depth = this.#depth
    const classes = this.proposal?.classes.slice(0, previewedClasses) ?? []
    const paths = classes
      .flatMap(({ examples }) => examples.slice(0, examplesOfAClass))
      .filter((path) => !this.#previews.has(path))
    if (folder === null) return
    try {
      for (let from = 0; from < paths.length; from += previewsAtOnce) {
        const some = paths.slice(from, from + previewsAtOnce)
        const previews = await this.#service.request('dataset.previewFiles', {
          ...{ folder, paths: some, size: thumbnailSize, fit: 'letterbox', followLinks: this.#followLinks, depth },
        })
        if (asked !== this.#asked || depth !== this.#depth) return
        const seen = new Map(this.#previews)
        some.forEach((path, index) => seen.set(path, previews[index] ?? { ok: false, reason: 'unreadable' }))
        this.#previews = seen
      }
    } catch (thrown) {
      if (asked === this.#asked) this.#failure = failureOf(thrown)
    }
  }
}
